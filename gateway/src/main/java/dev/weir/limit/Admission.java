package dev.weir.limit;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the requests that this process works on at once, so that an overload is refused early and cheaply. Safe for many
 * threads; nobody waits.
 */
public final class Admission {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int most;
  private final AtomicInteger admitted = new AtomicInteger();

  /** Admits this many at once. */
  public Admission(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one request must be admitted");
    }
    this.most = most;
  }

  /** A place among the admitted, given back on close. */
  public final class Permit implements AutoCloseable {
    private boolean held = true;

    private Permit() {}

    @Override
    public void close() {
      if (held) {
        held = false;
        admitted.decrementAndGet();
      }
    }
  }

  /**
   * Takes a place.
   *
   * @throws GatewayException OVERLOADED when all are taken
   */
  public Permit admit(RequestTrace trace) {
    var start = System.nanoTime();
    try {
      if (admitted.incrementAndGet() > most) {
        admitted.decrementAndGet();
        throw GatewayException.of(
                ErrorCode.OVERLOADED, "The gateway is at its limit. Please try again in a second.")
            .retryAfter(RETRY_AFTER);
      }
      return new Permit();
    } finally {
      trace.spent(Stage.LIMIT, System.nanoTime() - start);
    }
  }
}
