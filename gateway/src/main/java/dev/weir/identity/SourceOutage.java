package dev.weir.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Whether the store answers, and who may ask it while it does not: one request a second. Safe for many threads. */
final class SourceOutage {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** From this many failures in a row on nobody waits for it in vain. */
  private static final int CERTAIN = 3;

  private final Ticker ticker;
  private final AtomicLong failedAt = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();

  SourceOutage(Ticker ticker) {
    this.ticker = ticker;
  }

  void answered() {
    failedAt.set(0);
    failures.set(0);
  }

  void failed() {
    // 0 means that nothing failed, and a ticker may read 0
    failedAt.set(ticker.read() | 1);
    failures.incrementAndGet();
  }

  /** Whether the last that was heard is a failure. */
  boolean lasts() {
    return failedAt.get() != 0;
  }

  /** Whether it lasts, and was seen to less than a second ago. */
  boolean recent() {
    var at = failedAt.get();
    return at != 0 && ticker.read() - at <= RETRY.toNanos();
  }

  /** Whether a request that has nothing to fall back on should try all the same. */
  boolean uncertain() {
    return failures.get() < CERTAIN;
  }

  /** Takes the one try that is due a second; true also when all is well. */
  boolean tryNow() {
    var at = failedAt.get();
    return at == 0
        || (ticker.read() - at > RETRY.toNanos() && failedAt.compareAndSet(at, ticker.read() | 1));
  }
}
