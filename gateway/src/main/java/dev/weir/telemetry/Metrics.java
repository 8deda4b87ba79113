package dev.weir.telemetry;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.weir.protocol.GatewayException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus reads (contracts §4). Safe for many threads.
 *
 * <p>Meters are found by a small record once per request, never by lists of tags. Every label value is one of few: methods
 * and routes are known ones, providers are counted.
 */
public final class Metrics implements RequestObserver {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final int MOST_PROVIDERS = 200;
  private static final int MOST_CIRCUITS = 500;
  private static final double NANOS_A_DOLLAR = 1e9;

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(8),
    Duration.ofMillis(12), Duration.ofMillis(15), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
    Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30),
    Duration.ofSeconds(60), Duration.ofSeconds(300)
  };

  /** For what is the gateway's own, and should be short. */
  private static final Duration[] FINE_BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(8),
    Duration.ofMillis(12),
    Duration.ofMillis(15),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1)
  };

  private static final Duration[] GUARDRAIL_BUCKETS = {
    Duration.ofNanos(10_000),
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(300_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofSeconds(1)
  };

  private record RequestLabels(String method, String route, String status, boolean stream) {}

  private record AttemptLabels(String provider, String outcome) {}

  private record LookupLabels(String outcome, String tier) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<RequestLabels, Timer> requests = new ConcurrentHashMap<>();
  private final Map<AttemptLabels, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<LookupLabels, Counter> keyLookups = new ConcurrentHashMap<>();
  private volatile List<String> tiers = List.of("local");
  // both labels are ids of the program's own: rules can name no others
  private final Map<String, Timer> guardrailTimes = new ConcurrentHashMap<>();
  private final Map<GuardrailTrace.Counted, Counter> decisions = new ConcurrentHashMap<>();
  private final Set<String> providers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final MultiGauge circuits = MultiGauge.builder("gateway_circuit_state")
      .description(
          "0 closed, 1 cooling down, 2 probing, 3 open; the best of a target's credentials")
      .register(registry);
  private volatile Supplier<List<CircuitReading>> readings = List::of;
  private volatile Supplier<Number> lostUsage = () -> 0;
  private final Timer overhead = timer("gateway_overhead_duration_seconds", FINE_BUCKETS);
  private final Timer upstream = timer("gateway_upstream_duration_seconds", BUCKETS);
  private final Timer firstToken = timer("gateway_time_to_first_token_seconds", BUCKETS);
  private final Timer keyStatement = Timer.builder("gateway_db_query_duration_seconds")
      .tag("query", "api_key")
      .serviceLevelObjectives(FINE_BUCKETS)
      .register(registry);
  private final Counter tokensIn = tokens("input");
  private final Counter tokensOut = tokens("output");
  private final Counter cost = Counter.builder("gateway_cost_usd_total")
      .description("by the price list, of answers whose price is known")
      .register(registry);

  // listens to the collectors as long as the process lives
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Metrics() {
    Gauge.builder("gateway_in_flight_requests", inFlight, AtomicInteger::get).register(registry);
    FunctionCounter.builder("gateway_log_lines_dropped_total", LogQueue.DROPPED, LongAdder::sum)
        .description("lines that a slow or full disk cost")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** For the connection pools. */
  public MetricsTrackerFactory pools() {
    return new MicrometerMetricsTrackerFactory(registry);
  }

  /** For the configuration file; made once. */
  public ReloadMetrics reloads() {
    return new ReloadMetrics(registry);
  }

  /** For Redis, where there is one; made once. */
  public RedisMetrics redis() {
    tiers = List.of("local", "redis");
    return new RedisMetrics(registry);
  }

  /** For the snapshot; made once. */
  public SnapshotMetrics snapshot() {
    return new SnapshotMetrics(registry);
  }

  /** For traces on their way to a collector; made once. */
  public DropCounter traceDrops() {
    // shown from the start: an alert must know it before anything was dropped
    var _ = traceDrops("export_failed");
    return (reason, count) -> traceDrops(reason).increment((double) count);
  }

  private Counter traceDrops(String reason) {
    return Counter.builder("gateway_traces_dropped_total").tag("reason", reason).register(registry);
  }

  /** The text that Prometheus reads. */
  public String scrape() {
    readCircuits();
    return registry.scrape();
  }

  /** From now on it is read here how many usage records wait to be written, and how many were lost. */
  public void usage(Supplier<Number> pending, Supplier<Number> lost) {
    Gauge.builder("gateway_usage_pending_records", pending).register(registry);
    lostUsage = lost;
    // of this object, for what is counted by is held weakly
    FunctionCounter.builder(
            "gateway_usage_dropped_total", this, held -> held.lostUsage.get().doubleValue())
        .register(registry);
  }

  /** From now on the circuits' states are read here whenever Prometheus asks. */
  public void circuits(Supplier<List<CircuitReading>> source) {
    readings = source;
  }

  private void readCircuits() {
    circuits.register(
        readings.get().stream()
            .limit(MOST_CIRCUITS)
            .map(reading -> MultiGauge.Row.of(
                Tags.of("provider", reading.provider(), "model", reading.model()),
                reading.state().number()))
            .toList(),
        true);
  }

  /** One look-up of a key in the database took this long. */
  public void keyStatement(Duration took) {
    keyStatement.record(took);
  }

  @Override
  public void started(RequestTrace trace) {
    inFlight.incrementAndGet();
  }

  @Override
  public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {
    inFlight.decrementAndGet();
    var elapsed = trace.elapsed();
    var labels = new RequestLabels(
        METHODS.contains(trace.method) ? trace.method : "other",
        trace.route,
        status >= 100 && status < 600 ? Integer.toString(status) : "other",
        trace.stream);
    requests.computeIfAbsent(labels, this::requestTimer).record(elapsed, TimeUnit.NANOSECONDS);
    if (trace.keyTier != null) {
      keyLookup(trace.keyTier);
    }
    var guardrails = trace.guardrailsIfAny();
    if (guardrails != null) {
      guardrails.eachTime((guardrail, nanos) -> guardrailTimes
          .computeIfAbsent(guardrail, this::guardrailTime)
          .record(nanos, TimeUnit.NANOSECONDS));
      guardrails.eachCount((decided, count) ->
          decisions.computeIfAbsent(decided, this::decision).increment((double) count));
    }
    if (trace.attempts > 0) {
      sentUpstream(trace);
    }
  }

  private void sentUpstream(RequestTrace trace) {
    upstream.record(trace.spent(Stage.UPSTREAM), TimeUnit.NANOSECONDS);
    overhead.record(trace.own(), TimeUnit.NANOSECONDS);
    if (trace.stream && trace.firstByteAt != 0) {
      firstToken.record(trace.firstByteAt - trace.started(), TimeUnit.NANOSECONDS);
    }
    for (var attempt : trace.attempts()) {
      attempts
          .computeIfAbsent(
              new AttemptLabels(bounded(attempt.provider()), attempt.outcome()), this::attempt)
          .increment();
    }
    if (trace.tokensIn >= 0) {
      tokensIn.increment((double) trace.tokensIn);
      tokensOut.increment((double) Math.max(0, trace.tokensOut));
    }
    if (trace.costNanos > 0) {
      cost.increment(trace.costNanos / NANOS_A_DOLLAR);
    }
  }

  private Timer guardrailTime(String guardrail) {
    return Timer.builder("gateway_guardrail_duration_seconds")
        .tag("guardrail", guardrail)
        .serviceLevelObjectives(GUARDRAIL_BUCKETS)
        .register(registry);
  }

  private Counter decision(GuardrailTrace.Counted decided) {
    return Counter.builder("gateway_guardrail_decisions_total")
        .tag("guardrail", decided.guardrail())
        .tag("action", decided.action())
        .register(registry);
  }

  private String bounded(@Nullable String provider) {
    if (provider == null) {
      return "none";
    }
    if (providers.size() < MOST_PROVIDERS) {
      providers.add(provider);
    }
    return providers.contains(provider) ? provider : "other";
  }

  private Timer requestTimer(RequestLabels labels) {
    return Timer.builder("gateway_request_duration_seconds")
        .tag("method", labels.method())
        .tag("route", labels.route())
        .tag("status", labels.status())
        .tag("stream", Boolean.toString(labels.stream()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter attempt(AttemptLabels labels) {
    return Counter.builder("gateway_attempts_total")
        .tag("provider", labels.provider())
        .tag("outcome", labels.outcome())
        .register(registry);
  }

  /** Each tier that was asked in vain has missed, and the one that answered has not. */
  private void keyLookup(String answered) {
    if (!answered.equals("negative")) {
      for (var tier : tiers) {
        if (tier.equals(answered)) {
          break;
        }
        keyLookups
            .computeIfAbsent(new LookupLabels("misses", tier), this::lookups)
            .increment();
      }
    }
    if (!answered.equals("db")) {
      keyLookups
          .computeIfAbsent(new LookupLabels("hits", answered), this::lookups)
          .increment();
    }
  }

  private Counter lookups(LookupLabels labels) {
    return Counter.builder("gateway_cache_" + labels.outcome() + "_total")
        .tag("cache", "api_key")
        .tag("tier", labels.tier())
        .register(registry);
  }

  private Counter tokens(String direction) {
    return Counter.builder("gateway_tokens_total").tag("direction", direction).register(registry);
  }

  private Timer timer(String name, Duration[] buckets) {
    return Timer.builder(name).serviceLevelObjectives(buckets).register(registry);
  }
}
