package dev.weir.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many further attempts may be sent on top of the requests: one for five of them, and three in ten seconds however few
 * they are. Safe for many threads; nobody waits. While it is full a request costs one read.
 */
final class RetryBudget {
  private static final long PER_REQUEST = 2;
  private static final long PER_RETRY = 10;
  private static final long FULL = 100 * PER_RETRY;
  private static final int RESERVE = 3;
  private static final long RESERVE_TIME = Duration.ofSeconds(10).toNanos();

  /** In tenths of a retry. */
  private final AtomicLong saved = new AtomicLong();

  private long reserveSince;
  private int reserveUsed;

  /** A request has come. */
  void request() {
    if (saved.get() < FULL) {
      saved.addAndGet(PER_REQUEST);
    }
  }

  /** Takes one further attempt, if there is one. */
  boolean take(long now) {
    var before = saved.get();
    while (before >= PER_RETRY) {
      if (saved.compareAndSet(before, before - PER_RETRY)) {
        return true;
      }
      before = saved.get();
    }
    return takeReserve(now);
  }

  private synchronized boolean takeReserve(long now) {
    if (reserveUsed == 0 || now - reserveSince > RESERVE_TIME) {
      reserveSince = now;
      reserveUsed = 0;
    }
    if (reserveUsed >= RESERVE) {
      return false;
    }
    reserveUsed++;
    return true;
  }
}
