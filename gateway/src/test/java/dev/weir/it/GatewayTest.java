package dev.weir.it;

import static dev.weir.it.RunningGateway.chat;
import static dev.weir.it.RunningGateway.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.sandbox.SandboxProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  private static final ScheduledExecutorService PACE = Executors.newSingleThreadScheduledExecutor();

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(
            new SandboxProvider(PACE, Clock.systemUTC()),
            new RemoteProvider("fake", upstream.url(), "", List.of("known"))),
        RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
    PACE.shutdownNow();
  }

  @Test
  void the_sandbox_says_the_last_message_back_with_exact_usage() {
    var answer = gateway.post("/v1/chat/completions", chat("sandbox-echo"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"content\":\"hi there\"")
        .contains("\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4");
  }

  @Test
  void a_stream_ends_with_its_terminator() {
    assertThat(gateway.post("/v1/chat/completions", stream("sandbox-echo")).body())
        .contains("\"content\":\"hi \"")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void a_stream_that_breaks_tells_so_and_has_no_terminator() {
    assertThat(gateway.post("/v1/chat/completions", stream("sandbox-error")).body())
        .contains("upstream_unavailable")
        .doesNotContain("[DONE]");
  }

  @Test
  void tools_are_called_and_their_results_said() {
    var body =
        "{\"model\":\"sandbox-tools\",\"messages\":[{\"role\":\"user\",\"content\":\"weather?\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\","
            + "\"properties\":{\"city\":{\"type\":\"string\"}}}}}]}";
    assertThat(gateway.post("/v1/chat/completions", body).body())
        .contains("\"finish_reason\":\"tool_calls\"")
        .contains("\"name\":\"weather\"")
        .contains("{\\\"city\\\":\\\"sandbox\\\"}");
  }

  @Test
  void models_are_listed_and_found_by_both_names() {
    assertThat(gateway.get("/v1/models").body())
        .contains("\"id\":\"sandbox/sandbox-echo\"")
        .contains("\"id\":\"fake/known\"");
    assertThat(gateway.get("/v1/models/sandbox-echo").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/v1/models/fake/known").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/v1/models/absent").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/livez", "/readyz", "/health/liveliness", "/health/liveness", "/health/readiness"
      })
  void health_is_told_without_a_key(String path) {
    var answer =
        gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + path)).build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/nowhere", "/v1/models/absent"})
  void the_standard_headers_are_on_every_response(String path) {
    var headers = gateway.get(path).headers();
    assertThat(headers.firstValue("x-request-id")).isPresent();
    assertThat(headers.firstValue("X-Response-Time").orElseThrow()).matches("[0-9]+\\.[0-9]{2}ms");
    assertThat(headers.firstValue("Server-Timing").orElseThrow())
        .matches(
            "auth;dur=.*, limit;dur=.*, guard;dur=.*, route;dur=.*, upstream;dur=.*, total;dur=.*");
  }

  @Test
  void a_request_id_of_the_caller_is_kept_when_it_is_one() {
    var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/livez"));
    assertThat(gateway
            .send(request.copy().header("x-request-id", "my-id_1.2").build())
            .headers()
            .firstValue("x-request-id"))
        .contains("my-id_1.2");
    assertThat(gateway
            .send(request.copy().header("x-request-id", "no spaces").build())
            .headers()
            .firstValue("x-request-id")
            .orElseThrow())
        .startsWith("req-");
  }

  @Test
  void metrics_and_log_tell_of_requests() {
    // the second look-up of a key is the first that a cache answers
    assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
    var id = gateway
        .post("/v1/chat/completions", chat("sandbox-echo"))
        .headers()
        .firstValue("x-request-id")
        .orElseThrow();
    // a request is counted when its last byte is out: the client may be faster
    Awaitility.await()
        .untilAsserted(() -> assertThat(gateway.metrics().body())
            .contains("gateway_request_duration_seconds_count{method=\"POST\","
                + "route=\"/v1/chat/completions\"")
            .contains("gateway_cache_hits_total")
            .contains("hikaricp_connections")
            .contains("gateway_in_flight_requests"));
    Awaitility.await()
        .untilAsserted(() -> assertThat(gateway.logLines())
            .anySatisfy(line -> assertThat(line)
                .contains("\"request_id\":\"" + id + "\"")
                .contains("\"latency_ms\":")
                .contains("\"cache\":{\"api_key_cache\":\"")
                .doesNotContain("hi there")
                .doesNotContain(gateway.key())));
  }

  @Test
  void the_upstream_gets_the_clients_own_bytes() {
    upstream.answers(FakeUpstream.json(200, "{\"choices\":[{\"index\":0}], \"odd\" : 1e400}"));
    var random = new Random(7);
    for (var i = 0; i < 100; i++) {
      var body = oddBody(random);
      var answer = gateway.post("/v1/chat/completions", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"choices\":[{\"index\":0}], \"odd\" : 1e400}");
      assertThat(upstream.last().text()).isEqualTo(body.replace("fake/known", "known"));
    }
  }

  private static String oddBody(Random random) {
    var odd = List.of(
        "1e400",
        "-0",
        "0.10000000000000000000000001",
        "\"\\u0000\\ud83d\\ude00é漢\"",
        "[ ]",
        "{ }",
        "true",
        "null",
        "[1,[2,[3,{\"a\":[]}]]]",
        "\"\\/\\b\\f\\n\\r\\t\"",
        "123456789012345678901234567890");
    var spaces = List.of("", " ", "\n", "\t", "\r\n  ");
    var members = new ArrayList<String>();
    members.add("\"model\":\"fake/known\"");
    members.add("\"messages\":[{\"role\":\"user\",\"content\":" + odd.get(3) + "}]");
    for (var i = 0; i < random.nextInt(8); i++) {
      members.add("\"x" + i + "\"" + spaces.get(random.nextInt(5)) + ":"
          + odd.get(random.nextInt(odd.size())));
    }
    java.util.Collections.shuffle(members, random);
    return "{" + String.join("," + spaces.get(random.nextInt(5)), members)
        + spaces.get(random.nextInt(5)) + "}";
  }

  @Test
  @Tag("slow")
  void a_thousand_streams_flow_at_once() throws Exception {
    var words = "w ".repeat(5).strip();
    var body =
        "{\"model\":\"sandbox-slow\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
            + words + "\"}]}";
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<String>>();
      for (var i = 0; i < 1000; i++) {
        answers.add(
            threads.submit(() -> gateway.post("/v1/chat/completions", body).body()));
      }
      for (var answer : answers) {
        assertThat(answer.get()).endsWith("data: [DONE]\n\n");
      }
    }
  }

  @Test
  void a_body_of_a_megabyte_passes() {
    upstream.answers(FakeUpstream.json(200, "{\"choices\":[{\"index\":0}]}"));
    var text = "x".repeat(1 << 20);
    var body = "{\"model\":\"fake/known\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
        + "\"}]}";
    assertThat(gateway.post("/v1/chat/completions", body).statusCode()).isEqualTo(200);
    assertThat(upstream.last().body().length)
        .isEqualTo(body.getBytes(StandardCharsets.UTF_8).length - "fake/".length());
  }
}
