package dev.weir.telemetry.otlp;

import static dev.weir.it.RunningGateway.chat;
import static dev.weir.it.RunningGateway.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.weir.fake.FakeCollector;
import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import dev.weir.telemetry.DropCounter;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.TraceContext;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OTHER = "11111111111111111111111111111111";
  private static final String CALLER = "b7ad6b7169203331";
  private static final String ANSWER = FakeUpstream.json(
      200,
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}}");

  private FakeUpstream upstream;
  private FakeCollector collector;

  @BeforeEach
  void start() throws IOException {
    upstream = new FakeUpstream();
    upstream.answers(ANSWER);
    collector = new FakeCollector();
  }

  @AfterEach
  void stop() throws IOException {
    collector.close();
    upstream.close();
  }

  private List<Provider> providers() {
    return List.of(new RemoteProvider("mistral", upstream.url(), "sk-secret", List.of()));
  }

  private static Otlp.Settings settings(String url, double sample) {
    return new Otlp.Settings(
        url, List.of("authorization=Bearer c"), sample, Duration.ofMillis(300), "weir");
  }

  private static HttpResponse<String> asked(RunningGateway gateway, String parent) {
    return gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + gateway.key())
        .header("content-type", "application/json")
        .header("traceparent", parent)
        .header("tracestate", "vendor=1")
        .header("x-weir-guardrail-profile", "baseline")
        .POST(HttpRequest.BodyPublishers.ofString(chat("mistral/large")))
        .build());
  }

  private Span named(String name) {
    return collector.spans().stream()
        .filter(one -> one.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void metricsAreTold() {
    assertThat(collector.metrics())
        .extracting(one -> one.getName())
        .contains("gen_ai.client.token.usage", "gen_ai.client.operation.duration");
    assertThat(collector.metrics().toString())
        .contains("gen_ai.token.type", "mistral_ai", "gen_ai.request.model");
    assertThat(collector.credentials()).isNotEmpty().containsOnly("Bearer c");
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static String attributes(Span span) {
    return span.getAttributesList().stream()
        .map(one -> one.getKey() + "=" + value(one))
        .collect(Collectors.joining(" "));
  }

  private static Object value(KeyValue one) {
    return one.getValue().hasStringValue()
        ? one.getValue().getStringValue()
        : one.getValue().getIntValue();
  }

  @Test
  void a_trace_shows_all_stages_and_goes_on_at_the_provider() throws Exception {
    try (var gateway = RunningGateway.telling(providers(), settings(collector.url(), 0))) {
      // neither of these is sampled: their metrics are told, their traces are not
      assertThat(gateway.post("/v1/chat/completions", chat("mistral/large")).statusCode())
          .isEqualTo(200);
      assertThat(asked(gateway, "00-" + OTHER + "-" + CALLER + "-00").statusCode())
          .isEqualTo(200);
      assertThat(upstream.last().head())
          .containsPattern("traceparent: 00-" + OTHER + "-[0-9a-f]{16}-00");
      assertThat(asked(gateway, "00-" + TRACE + "-" + CALLER + "-01").statusCode())
          .isEqualTo(200);
    }
    metricsAreTold();
    Map<String, Span> spans =
        collector.spans().stream().collect(Collectors.toMap(Span::getName, one -> one));
    assertThat(spans)
        .containsOnlyKeys(
            "POST /v1/chat/completions",
            "auth",
            "limit",
            "guard",
            "route",
            "upstream",
            "chat large");
    assertThat(spans.values()).allMatch(one -> hex(one.getTraceId()).equals(TRACE));
    var root = named("POST /v1/chat/completions");
    assertThat(hex(root.getParentSpanId())).isEqualTo(CALLER);
    assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(attributes(root))
        .contains("http.route=/v1/chat/completions", "http.response.status_code=200")
        .contains("weir.tenant_id=", "weir.api_key_cache=local");
    for (var stage : List.of("auth", "limit", "guard", "route", "upstream")) {
      var span = named(stage);
      assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId());
      assertThat(span.getStartTimeUnixNano())
          .isBetween(root.getStartTimeUnixNano(), root.getEndTimeUnixNano());
      assertThat(span.getEndTimeUnixNano())
          .isBetween(span.getStartTimeUnixNano(), root.getEndTimeUnixNano());
    }
    var attempt = named("chat large");
    assertThat(attempt.getParentSpanId()).isEqualTo(named("upstream").getSpanId());
    assertThat(attributes(attempt))
        .contains("gen_ai.operation.name=chat", "gen_ai.provider.name=mistral_ai")
        .contains("gen_ai.request.model=large", "gen_ai.usage.input_tokens=7")
        .contains("gen_ai.usage.output_tokens=5");
    assertThat(upstream.last().head())
        .contains("traceparent: 00-" + TRACE + "-" + hex(attempt.getSpanId()) + "-01")
        .contains("tracestate: vendor=1");
    assertThat(collector.spans().toString()).doesNotContain("hi there", "sk-secret");
  }

  @Test
  void a_callers_trace_goes_on_where_no_collector_is_configured() throws Exception {
    var parent = "00-" + TRACE + "-" + CALLER + "-01";
    try (var gateway = new RunningGateway(providers(), RunningGateway.QUICK)) {
      asked(gateway, parent);
      assertThat(upstream.last().head()).contains("traceparent: " + parent);
      asked(gateway, "00-" + TRACE + "-0000000000000000-01");
      assertThat(upstream.last().head()).doesNotContain("traceparent");
    }
  }

  @Test
  void x13_a_silent_collector_is_not_waited_for() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var gateway = RunningGateway.telling(
            providers(), settings("http://127.0.0.1:" + silent.getLocalPort(), 1))) {
      var began = System.nanoTime();
      for (var i = 0; i < 30; i++) {
        assertThat(gateway.post("/v1/chat/completions", chat("mistral/large")).statusCode())
            .isEqualTo(200);
      }
      // each would have waited five seconds
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
      await()
          .untilAsserted(() -> assertThat(gateway.metrics().body())
              .contains("gateway_traces_dropped_total{reason=\"export_failed\"}"));
    }
  }

  @Test
  void x13_what_a_collector_does_not_take_is_dropped_and_counted() {
    var dropped = new AtomicInteger();
    DropCounter drops = (reason, count) -> dropped.addAndGet(count);
    var queue =
        SpanQueue.start(new Stuck(), new SpanTree(Resource.getDefault()), drops, Clock.systemUTC());
    var began = System.nanoTime();
    for (var i = 0; i < 20_000; i++) {
      var trace = new RequestTrace("r", System.nanoTime());
      trace.context = TraceContext.root(1);
      queue.offer(trace, 200, null);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(dropped.get()).isBetween(17_000, 18_000);
  }

  @Test
  void a_stream_that_breaks_is_an_error_and_a_refused_request_is_not() throws Exception {
    upstream.answers((_, socket) -> {
      FakeUpstream.write(
          socket,
          FakeUpstream.streamHead()
              + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\"}}]}\n\n");
      socket.close();
    });
    try (var gateway = RunningGateway.telling(providers(), settings(collector.url(), 1))) {
      gateway.post("/v1/chat/completions", stream("mistral/large"));
      gateway.post("/v1/chat/completions", chat("nobody/x"));
      await()
          .untilAsserted(() -> assertThat(collector.spans())
              .filteredOn(one -> one.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
              .hasSize(2));
    }
    assertThat(collector.spans())
        .filteredOn(one -> one.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
        .extracting(one -> one.getStatus().getCodeValue() + attributes(one))
        .anyMatch(text -> text.startsWith("2") && text.contains("error.type=upstream_"))
        .anyMatch(text -> text.startsWith("0") && text.contains("error.type=model_not_found"));
  }

  /** Never done with what it is given. */
  private static final class Stuck implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return new CompletableResultCode();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
