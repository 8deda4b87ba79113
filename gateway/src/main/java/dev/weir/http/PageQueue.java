package dev.weir.http;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many pages are on their way to their request's body, and whether they wait for the processor. Safe for many threads.
 *
 * <p>When there is more work than processor, requests that are let in only make all of them late: while many are on their way
 * and long waits go on, new ones are turned away on the event loop, before they cost a thread, a look-up or a body. One pause,
 * by a collection or by another process on the same cores, turns nobody away: what it held up is worked off soon after.
 */
final class PageQueue {
  /** So many are a few milliseconds' work at most, and keep the processor busy while others are turned away. */
  private static final int FEW = 64;

  private static final long LONG_WAIT = Duration.ofMillis(250).toNanos();

  /** How long a long wait counts: bodies that clients send slowly must not keep others out. */
  private static final long MEMORY = Duration.ofMillis(300).toNanos();

  /** How long long waits must go on. */
  private static final long PATIENCE = Duration.ofMillis(400).toNanos();

  /** Without a long wait for this long, the next one is a pause and no overload. */
  private static final long CALM = Duration.ofSeconds(2).toNanos();

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AtomicInteger pages = new AtomicInteger();
  private volatile long lateAt = System.nanoTime() - CALM;
  private volatile long lateSince = lateAt;

  /** Whether a page that begins now would come too late, and make others late. */
  boolean crowded() {
    if (pages.get() <= FEW) {
      return false;
    }
    var now = System.nanoTime();
    return now - lateAt < MEMORY && now - lateSince > PATIENCE;
  }

  /** A page is on its way from now on. */
  void entered() {
    pages.incrementAndGet();
  }

  /** A page waited so many nanoseconds for its thread or its event loop to be run. */
  void waited(long nanos) {
    if (nanos > LONG_WAIT) {
      var now = System.nanoTime();
      if (now - lateAt >= CALM) {
        lateSince = now;
      }
      lateAt = now;
    }
  }

  /** A page has its body, or is over without. */
  void left() {
    pages.decrementAndGet();
  }

  static GatewayException refusal() {
    return GatewayException.of(
            ErrorCode.OVERLOADED, "The gateway is at its limit. Please try again in a second.")
        .retryAfter(RETRY_AFTER);
  }
}
