package dev.weir.telemetry.otlp;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestTrace;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client metrics of generative AI. Safe for many threads.
 *
 * <p>Clients may name any model: beyond 2,000 combinations the library puts what is new under {@code otel.metric.overflow}.
 */
final class GenAiMetrics {
  private static final double NANOS = 1e9;

  // the bounds that the conventions recommend
  private static final List<Double> SECONDS = List.of(
      0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final List<Long> TOKENS = List.of(
      1L,
      4L,
      16L,
      64L,
      256L,
      1024L,
      4096L,
      16_384L,
      65_536L,
      262_144L,
      1_048_576L,
      4_194_304L,
      16_777_216L,
      67_108_864L);

  private final DoubleHistogram duration;
  private final DoubleHistogram firstChunk;
  private final LongHistogram tokens;

  GenAiMetrics(Meter meter) {
    duration = seconds(meter, GenAi.DURATION);
    firstChunk = seconds(meter, GenAi.FIRST_CHUNK);
    tokens = meter
        .histogramBuilder(GenAi.TOKENS)
        .ofLongs()
        .setUnit("{token}")
        .setExplicitBucketBoundariesAdvice(TOKENS)
        .build();
  }

  private static DoubleHistogram seconds(Meter meter, String name) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setExplicitBucketBoundariesAdvice(SECONDS)
        .build();
  }

  /** Notes a request that has ended, if it went to a model. */
  void record(RequestTrace trace, @Nullable GatewayException failure) {
    var operation = trace.operation;
    var provider = trace.provider;
    var model = trace.model;
    if (operation == null || provider == null || model == null) {
      return;
    }
    var builder = Attributes.builder()
        .put(GenAi.OPERATION, GenAi.operation(operation))
        .put(GenAi.PROVIDER, GenAi.provider(provider))
        .put(GenAi.REQUEST_MODEL, model);
    var common = builder.build();
    duration.record(
        trace.elapsed() / NANOS,
        failure == null
            ? common
            : builder.put(GenAi.ERROR_TYPE, failure.code().code()).build());
    if (trace.stream && trace.firstByteAt != 0) {
      firstChunk.record((trace.firstByteAt - trace.started()) / NANOS, common);
    }
    tokens(trace.tokensIn, "input", common);
    tokens(trace.tokensOut, "output", common);
  }

  private void tokens(long count, String type, Attributes common) {
    if (count >= 0) {
      tokens.record(count, common.toBuilder().put(GenAi.TOKEN_TYPE, type).build());
    }
  }
}
