package dev.weir.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Waits for SIGTERM or Ctrl-C, then closes what was opened, last first. Used by one thread.
 *
 * <p>One hook only wakes that thread and waits for it: hooks of the parts themselves would all run at once, and the exit
 * code of a process that ends by its hooks is 143.
 */
final class Shutdown implements AutoCloseable {
  private static final int LONGEST_SECONDS = 120;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "shutdown"));
  }

  private void signalled() {
    if (closed.getCount() == 0) {
      return;
    }
    asked.countDown();
    try {
      var clean = closed.await(LONGEST_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(clean ? 0 : 1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        LoggerFactory.getLogger(Shutdown.class).error("a part did not close", failure);
      }
    }
    closed.countDown();
  }
}
