package dev.weir.http;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many pages are on their way to their request's body, and whether they wait for the processor. Safe for many threads.
 *
 * <p>When there is more work than processor, requests that are let in only make all of them late: while many are on their way
 * and some waited long, new ones are turned away on the event loop, before they cost a thread, a look-up or a body.
 */
final class PageQueue {
  /** So many are a few milliseconds' work at most, and keep the processor busy while others are turned away. */
  private static final int FEW = 64;

  private static final long LONG_WAIT = Duration.ofMillis(250).toNanos();

  /** How long a long wait counts: bodies that clients send slowly must not keep others out. */
  private static final long MEMORY = Duration.ofMillis(300).toNanos();

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AtomicInteger pages = new AtomicInteger();
  private volatile long lateAt = System.nanoTime() - MEMORY;

  /** Whether a page that begins now would come too late, and make others late. */
  boolean crowded() {
    return pages.get() > FEW && System.nanoTime() - lateAt < MEMORY;
  }

  /** A page is on its way from now on. */
  void entered() {
    pages.incrementAndGet();
  }

  /** A page waited so many nanoseconds for its thread or its event loop to be run. */
  void waited(long nanos) {
    if (nanos > LONG_WAIT) {
      lateAt = System.nanoTime();
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
