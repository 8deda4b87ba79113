package dev.weir.telemetry.otlp;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.DropCounter;
import dev.weir.telemetry.RequestObserver;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends traces and metrics to a collector (OTLP over HTTP, protobuf). Safe for many threads.
 *
 * <p>Requests never wait for it: what the collector does not take in time is dropped and counted.
 */
public final class Otlp implements RequestObserver, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** What the library says of every failure, with a stack trace; held, or the level is forgotten. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private final Settings settings;
  private final SpanQueue spans;
  private final SdkMeterProvider meters;
  private final GenAiMetrics metrics;

  /**
   * @param endpoint the collector's base URL, without {@code /v1/traces}
   * @param headers {@code name=value} pairs that authenticate the gateway, as OTEL_EXPORTER_OTLP_HEADERS has them
   * @param sample part of the traces that begin here and are sent, 0 to 1; a caller's own decision is followed
   * @param every how often metrics are sent
   * @param service the name by which the collector knows this process
   */
  public record Settings(
      String endpoint, List<String> headers, double sample, Duration every, String service) {
    public Settings {
      headers = List.copyOf(headers);
    }
  }

  private Otlp(Settings settings, SpanQueue spans, SdkMeterProvider meters) {
    this.settings = settings;
    this.spans = spans;
    this.meters = meters;
    this.metrics = new GenAiMetrics(meters.get("dev.weir"));
  }

  /** Begins to send; whether a collector is there is not asked. */
  public static Otlp open(Settings settings, DropCounter drops, Clock clock) {
    LIBRARY.setLevel(Level.OFF);
    var base = settings.endpoint().replaceFirst("/+$", "");
    var resource = Resource.create(Attributes.of(GenAi.SERVICE_NAME, settings.service()));
    var traces = OtlpHttpSpanExporter.builder()
        .setEndpoint(base + "/v1/traces")
        .setCompression("gzip")
        .setConnectTimeout(TIMEOUT)
        .setTimeout(TIMEOUT)
        .setRetryPolicy(null);
    var numbers = OtlpHttpMetricExporter.builder()
        .setEndpoint(base + "/v1/metrics")
        .setCompression("gzip")
        .setConnectTimeout(TIMEOUT)
        .setTimeout(TIMEOUT)
        .setRetryPolicy(null);
    for (var header : settings.headers()) {
      var parts = header.split("=", 2);
      traces.addHeader(parts[0].trim(), parts[1].trim());
      numbers.addHeader(parts[0].trim(), parts[1].trim());
    }
    var meters = SdkMeterProvider.builder()
        .setResource(resource)
        .registerMetricReader(PeriodicMetricReader.builder(numbers.build())
            .setInterval(settings.every())
            .build());
    var spans = SpanQueue.start(traces.build(), new SpanTree(resource), drops, clock);
    return new Otlp(settings, spans, meters.build());
  }

  @Override
  public void started(RequestTrace trace) {
    trace.traced = true;
    var caller = trace.context;
    trace.context = caller == null ? TraceContext.root(settings.sample()) : caller.child();
  }

  @Override
  public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {
    metrics.record(trace, failure);
    var context = trace.context;
    if (context != null && context.sampled()) {
      spans.offer(trace, status, failure);
    }
  }

  /** Sends what is queued, for as long as the collector answers. */
  @Override
  public void close() {
    spans.close();
    var _ = meters.shutdown().join(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }
}
