package dev.weir.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.BooleanSupplier;

/** {@code /livez} and {@code /readyz}: whether the process runs, and whether it wants requests. Safe for many threads. */
public final class HealthEndpoint implements Endpoint {
  private static final byte[] OK = "{\"status\":\"ok\"}".getBytes(US_ASCII);
  private static final byte[] NOT_READY = "{\"status\":\"not_ready\"}".getBytes(US_ASCII);

  private final BooleanSupplier healthy;

  public HealthEndpoint(BooleanSupplier healthy) {
    this.healthy = healthy;
  }

  @Override
  public void handle(Exchange exchange) {
    if (healthy.getAsBoolean()) {
      exchange.answer(200, OK);
    } else {
      exchange.answer(503, NOT_READY);
    }
  }
}
