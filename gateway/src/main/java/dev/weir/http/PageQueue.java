package dev.weir.http;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many pages wait for a thread, and how long they did. Safe for many threads.
 *
 * <p>When there is more work than processor, requests that are let in only make all of them late: while many wait and waiting
 * takes long, new ones are turned away on the event loop, before they cost a thread, a look-up or a body.
 */
final class PageQueue {
  /** So many are a few milliseconds' work at most, and keep the processor busy while others are turned away. */
  private static final int FEW = 64;

  private static final long LONG_WAIT = Duration.ofMillis(250).toNanos();
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long lastWait;

  /** Whether a page that is queued now would come too late, and make others late. */
  boolean crowded() {
    return waiting.get() > FEW && lastWait > LONG_WAIT;
  }

  /** A page waits from now on. */
  void queued() {
    waiting.incrementAndGet();
  }

  /** A page that waited for this long has its thread. */
  void begun(long nanos) {
    waiting.decrementAndGet();
    lastWait = nanos;
  }

  static GatewayException refusal() {
    return GatewayException.of(
            ErrorCode.OVERLOADED, "The gateway is at its limit. Please try again in a second.")
        .retryAfter(RETRY_AFTER);
  }
}
