package dev.weir.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** How reloads of the configuration file ended. Safe for many threads. */
public final class ReloadMetrics {
  private static final String REFUSED = "refused";

  private final MeterRegistry registry;
  private final AtomicInteger good = new AtomicInteger(1);

  ReloadMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("gateway_config_last_reload_success", good, AtomicInteger::get)
        .description("1: the configuration file is in force as it is; 0: it was refused")
        .register(registry);
  }

  /**
   * @param outcome one of a fixed few
   */
  public void ended(Enum<?> outcome) {
    var word = outcome.name().toLowerCase(Locale.ROOT);
    good.set(word.equals(REFUSED) ? 0 : 1);
    Counter.builder("gateway_config_reloads_total")
        .tag("outcome", word)
        .register(registry)
        .increment();
  }
}
