package dev.weir.snapshot;

import dev.weir.identity.Principal;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The snapshot that holds now. Safe for many threads: one volatile field. */
public final class Snapshots {
  /** What a request waits at most for what its key names: the key may have been read before the snapshot was made. */
  private static final Duration CATCH_UP = Duration.ofMillis(250);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition published = lock.newCondition();
  private volatile Snapshot current;

  public Snapshots(Snapshot first) {
    this.current = first;
  }

  public Snapshot current() {
    return current;
  }

  /** The same for a caller, whose profiles and policies are waited for a moment if they are newer than the snapshot. */
  public Snapshot currentFor(Principal caller) {
    var now = current;
    return now.shows(caller) ? now : awaited(caller);
  }

  private Snapshot awaited(Principal caller) {
    lock.lock();
    try {
      var left = CATCH_UP.toNanos();
      while (left > 0 && !current.shows(caller)) {
        left = published.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return current;
  }

  /** Makes another snapshot the one that following requests see; those under way keep theirs. */
  public void publish(Snapshot next) {
    lock.lock();
    try {
      current = next;
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
