package dev.weir.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Waits for SIGTERM or Ctrl-C, then closes what was opened, last first. Used by one thread.
 *
 * <p>The signals are taken from the JVM, whose own answer is to run all shutdown hooks at once: ONNX Runtime's frees its
 * environment while a model loads in it, and the process aborts. The exit code would be 143 besides.
 */
final class Shutdown implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  Shutdown() {
    for (var name : List.of("TERM", "INT", "HUP")) {
      Signals.on(name, asked::countDown);
    }
  }

  /** Takes a part to close; those taken first are closed last. */
  <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  /** Waits this long; whether the process was asked to end meanwhile. */
  boolean askedWithin(Duration time) throws InterruptedException {
    return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  void await() throws InterruptedException {
    asked.await();
  }

  /** Closes everything, then ends the process, with 0 if it was asked to end. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        LoggerFactory.getLogger(Shutdown.class).error("a part did not close", failure);
      }
    }
    if (asked.getCount() == 0) {
      // past the hooks, for the reason above
      Runtime.getRuntime().halt(0);
    }
  }
}
