package dev.weir.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How the snapshot keeps in step with the database. Safe for many threads. */
public final class SnapshotMetrics {
  private final MeterRegistry registry;
  private final AtomicLong version = new AtomicLong();
  private final Timer rebuilds;

  SnapshotMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("gateway_snapshot_version", version, AtomicLong::get)
        .description("version of the configuration that requests see")
        .register(registry);
    this.rebuilds = Timer.builder("gateway_snapshot_rebuild_seconds")
        .description("reading and compiling what changed")
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  /** A snapshot of this version holds now. */
  public void published(long now, Duration took) {
    version.set(now);
    rebuilds.record(took);
  }

  /**
   * A document did not compile.
   *
   * @param kind one of few
   */
  public void failed(String kind) {
    Counter.builder("gateway_snapshot_documents_refused_total")
        .tag("kind", kind)
        .register(registry)
        .increment();
  }
}
