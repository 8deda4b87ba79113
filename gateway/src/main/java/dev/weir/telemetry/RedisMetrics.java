package dev.weir.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How Redis does. Safe for many threads. */
public final class RedisMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger open = new AtomicInteger(1);
  private final Map<String, Counter> failures = new ConcurrentHashMap<>();

  RedisMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("gateway_redis_circuit_state", open, AtomicInteger::get)
        .description("0: Redis is used; 1: it does not answer and is left alone")
        .register(registry);
  }

  /** Commands are sent from now on. */
  public void closed() {
    open.set(0);
  }

  /** Redis is left alone from now on. */
  public void opened() {
    open.set(1);
  }

  /**
   * A command failed.
   *
   * @param reason one of few
   */
  public void failed(String reason) {
    failures
        .computeIfAbsent(
            reason,
            one -> Counter.builder("gateway_redis_failures_total")
                .tag("reason", one)
                .register(registry))
        .increment();
  }
}
