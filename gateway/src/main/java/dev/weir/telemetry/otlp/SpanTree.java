package dev.weir.telemetry.otlp;

import dev.weir.telemetry.AttemptTrace;
import dev.weir.telemetry.Stage;
import dev.weir.telemetry.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of a finished request: the request, a child for each stage it entered, and under {@code upstream} one for each
 * attempt that was sent. Immutable; nothing of a prompt, an answer or a credential gets into a span.
 */
final class SpanTree {
  private static final double NANOS_A_DOLLAR = 1e9;

  private final Resource resource;

  SpanTree(Resource resource) {
    this.resource = resource;
  }

  /** Adds all spans of a request. */
  void add(FinishedRequest request, List<SpanData> spans) {
    var context = request.trace().context;
    if (context == null) {
      return;
    }
    var root = span(context, context.spanId());
    var end = request.began() + request.elapsed();
    spans.add(new FinishedSpan(
        request.trace().method + " " + request.trace().route,
        SpanKind.SERVER,
        root,
        context.parentSpanId() == 0
            ? SpanContext.getInvalid()
            : span(context, context.parentSpanId()),
        new FinishedSpan.Times(request.began(), end),
        request.status() >= 500 || (request.failure() != null && request.status() < 400)
            ? StatusData.error()
            : StatusData.unset(),
        about(request),
        resource));
    for (var stage : Stage.values()) {
      var begin = request.trace().began(stage);
      if (begin >= 0) {
        var from = request.began() + begin;
        var times = new FinishedSpan.Times(from, from + request.trace().spent(stage));
        spans.add(part(context, root, stage, times));
      }
    }
    var upstream = span(context, context.part(Stage.UPSTREAM.spanNumber()));
    for (var attempt : request.trace().attempts()) {
      if (attempt.sent()) {
        spans.add(attempt(request, context, upstream, attempt));
      }
    }
  }

  private FinishedSpan part(
      TraceContext context, SpanContext root, Stage stage, FinishedSpan.Times times) {
    return new FinishedSpan(
        stage.label(),
        SpanKind.INTERNAL,
        span(context, context.part(stage.spanNumber())),
        root,
        times,
        StatusData.unset(),
        Attributes.empty(),
        resource);
  }

  private FinishedSpan attempt(
      FinishedRequest request, TraceContext context, SpanContext upstream, AttemptTrace attempt) {
    var trace = request.trace();
    var operation = trace.operation == null ? "chat" : GenAi.operation(trace.operation);
    var about = Attributes.builder()
        .put(GenAi.OPERATION, operation)
        .put(GenAi.PROVIDER, GenAi.provider(attempt.provider()))
        .put(GenAi.REQUEST_MODEL, attempt.model())
        .put(GenAi.OUTCOME, attempt.outcome());
    var from = request.began() + attempt.startNanos();
    var end = from + attempt.tookNanos();
    var won = attempt.outcome().equals(AttemptTrace.SUCCESS);
    if (won) {
      // its answer was read to the request's end
      end = Math.max(end, trace.stream ? request.began() + request.elapsed() : end);
      count(about, GenAi.INPUT_TOKENS, trace.tokensIn);
      count(about, GenAi.OUTPUT_TOKENS, trace.tokensOut);
    } else {
      about.put(GenAi.ERROR_TYPE, attempt.outcome());
    }
    return new FinishedSpan(
        operation + " " + attempt.model(),
        SpanKind.CLIENT,
        span(context, context.part(attempt.number())),
        upstream,
        new FinishedSpan.Times(from, end),
        won ? StatusData.unset() : StatusData.error(),
        about.build(),
        resource);
  }

  private static Attributes about(FinishedRequest request) {
    var trace = request.trace();
    var about = Attributes.builder()
        .put(GenAi.METHOD, trace.method)
        .put(GenAi.ROUTE, trace.route)
        .put(GenAi.STATUS, (long) request.status())
        .put(GenAi.REQUEST_ID, trace.requestId());
    text(about, GenAi.ERROR_TYPE, request.errorType());
    text(about, GenAi.TENANT, trace.tenant);
    text(about, GenAi.TEAM, trace.team);
    text(about, GenAi.KEY, trace.keyId);
    text(about, GenAi.KEY_CACHE, trace.keyTier);
    text(about, GenAi.ASKED, trace.asked);
    var guardrails = trace.guardrailsIfAny();
    text(about, GenAi.GUARDRAILS, guardrails == null ? null : guardrails.header());
    if (trace.costNanos >= 0) {
      about.put(GenAi.COST, trace.costNanos / NANOS_A_DOLLAR);
    }
    return about.build();
  }

  private static void text(
      AttributesBuilder about, AttributeKey<String> key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      about.put(key, value);
    }
  }

  private static void count(AttributesBuilder about, AttributeKey<Long> key, long value) {
    if (value >= 0) {
      about.put(key, value);
    }
  }

  private static SpanContext span(TraceContext context, long id) {
    return SpanContext.create(
        context.traceId(),
        TraceContext.hex(id),
        context.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }
}
