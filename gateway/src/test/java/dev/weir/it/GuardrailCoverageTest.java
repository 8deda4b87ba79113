package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.guardrail.SimpleDetectors;
import dev.weir.protocol.ClientProtocol;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.anthropic.AnthropicTranslator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Coverage is a guarantee: for each route that takes texts, streamed or not, a planted text is found wherever it stands. A
 * route that is not in the table fails.
 */
class GuardrailCoverageTest {
  private static final String MAIL = "john@example.com";

  /** What goes in, with the planted text as {@code %s}; streamed bodies get their flag besides. */
  private static final Map<String, List<String>> INPUT = Map.of(
      "/v1/chat/completions",
      List.of(
          "\"messages\":[{\"role\":\"system\",\"content\":\"%s\"}]",
          "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]",
          "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}]",
          "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"%s\\\"}\"}}]}]",
          "\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"%s\"}]",
          "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"%s\"}}]"),
      "/v1/messages",
      List.of(
          "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]",
          "\"max_tokens\":9,\"system\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]",
          "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}]",
          "\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{\"a\":\"%s\"}}]}]",
          "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c\",\"content\":\"%s\"}]}]",
          "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"name\":\"f\",\"description\":\"%s\",\"input_schema\":{}}]"),
      "/v1/completions",
      List.of(
          "\"prompt\":\"%s\"", "\"prompt\":[\"a\",\"%s\"]", "\"prompt\":\"a\",\"suffix\":\"%s\""),
      "/v1/messages/count_tokens",
      List.of(
          "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]",
          "\"system\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]"),
      "/v1/responses",
      List.of(
          "\"input\":\"%s\"",
          "\"instructions\":\"%s\",\"input\":\"x\"",
          "\"input\":[{\"role\":\"user\",\"content\":\"%s\"}]",
          "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"%s\"}]}]",
          "\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"%s\\\"}\"}]",
          "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"%s\"}]",
          "\"input\":[{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"%s\"}]}]",
          "\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"%s\"}]"),
      "/v1/embeddings",
      List.of("\"input\":\"%s\"", "\"input\":[\"a\",\"%s\"]"));

  /** What comes out: pieces of a stream, or the members of a whole message. */
  private static final List<String> OUTPUT = List.of(
      "\"content\":\"mail %s now\"",
      "\"reasoning_content\":\"mail %s now\"",
      "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"to\\\":\\\"%s\\\"}\"}}]");

  /** Routes that take texts and send them nowhere. */
  private static final Set<String> LOCAL = Set.of("/v1/moderations");

  /** Routes whose answers may be streams. */
  private static final Set<String> STREAMED =
      Set.of("/v1/chat/completions", "/v1/completions", "/v1/messages");

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(
            new RemoteProvider("fake", upstream.url(), "", List.of("m")),
            new RemoteProvider(
                "claude",
                upstream.url(),
                List.of(),
                List.of(),
                Reach.ANYWHERE,
                AnthropicTranslator.INSTANCE)),
        RunningGateway.QUICK,
        SimpleDetectors.all());
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @Test
  void every_route_that_takes_a_body_has_a_row() throws IOException {
    var routes = new ArrayList<>(
        Stream.of(ClientProtocol.values()).map(ClientProtocol::path).toList());
    var source = Files.readString(Path.of("src/main/java/dev/weir/Gateway.java"));
    var start = source.indexOf("private Routes dataRoutes(");
    var matcher = Pattern.compile("\\.post\\(\\s*\"([^\"]+)\"")
        .matcher(source.substring(start, source.indexOf("\n  }", start)));
    while (matcher.find()) {
      if (!LOCAL.contains(matcher.group(1))) {
        routes.add(matcher.group(1));
      }
    }
    assertThat(routes).isNotEmpty().allSatisfy(route -> assertThat(INPUT).containsKey(route));
  }

  @Test
  void what_is_planted_in_a_request_never_reaches_the_provider() {
    INPUT.forEach((route, places) -> {
      for (var place : places) {
        for (var stream :
            STREAMED.contains(route) ? List.of("", ",\"stream\":true") : List.of("")) {
          if (stream.isEmpty()) {
            upstream.answers(whole("\"content\":\"ok\""));
          } else {
            upstream.answers(stream("\"content\":\"ok\""));
          }
          var model = route.endsWith("/count_tokens") ? "claude/m" : "fake/m";
          var body = "{\"model\":\"" + model + "\"," + place.formatted(MAIL) + stream + "}";
          var response = send(route, body, "strict");
          var sent = upstream.last().text();
          assertThat(sent).as(body).doesNotContain(MAIL).contains("[EMAIL_1]");
          assertThat(response.headers().firstValue("x-weir-guardrails").orElse(""))
              .as(body)
              .isEqualTo("pii.email;action=redact");
        }
      }
    });
  }

  @Test
  void without_a_find_the_provider_sees_the_clients_own_bytes() {
    upstream.answers(whole("\"content\":\"ok\""));
    var body =
        "{ \"model\":\"m\", \"temperature\": 1.50e0,\n \"messages\":[{\"role\":\"user\",\"content\":\"\\u0068i\"}] }";
    assertThat(send("/v1/chat/completions", body, "strict").statusCode()).isEqualTo(200);
    assertThat(upstream.last().text()).isEqualTo(body);
  }

  @Test
  void what_is_planted_in_an_answer_never_reaches_the_client() {
    var request = "{\"model\":\"fake/m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";
    for (var place : OUTPUT) {
      upstream.answers(whole(place.formatted(MAIL)));
      var whole = send("/v1/chat/completions", request.formatted(""), "strict").body();
      assertThat(whole).as(place).doesNotContain(MAIL).contains("[EMAIL_1]");
      for (int cut = 1; cut < MAIL.length(); cut += 4) {
        upstream.answers(
            stream(place.formatted(MAIL.substring(0, cut) + "\u0001" + MAIL.substring(cut))));
        var streamed = send("/v1/chat/completions", request.formatted(",\"stream\":true"), "strict")
            .body();
        assertThat(streamed)
            .as(place)
            .contains("[EMAIL_1]")
            .endsWith("data: [DONE]\n\n")
            .doesNotContain("john");
      }
    }
  }

  @Test
  void answers_in_anthropics_protocol_are_redacted_too() {
    var request =
        "{\"model\":\"fake/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";
    for (var place : List.of(OUTPUT.get(0), OUTPUT.get(2))) {
      upstream.answers(whole(place.formatted(MAIL)));
      var whole = send("/v1/messages", request.formatted(""), "strict").body();
      assertThat(whole).as(place).doesNotContain(MAIL).contains("[EMAIL_1]");
      upstream.answers(stream(place.formatted("jo\u0001hn@example.com")));
      var streamed =
          send("/v1/messages", request.formatted(",\"stream\":true"), "strict").body();
      assertThat(streamed)
          .as(place)
          .contains("[EMAIL_1]")
          .contains("message_stop")
          .doesNotContain("hn@");
    }
    upstream.answers(stream("\"content\":\"the key is sk-abcdefghijklmnopqrstuvwx and\""));
    assertThat(send("/v1/messages", request.formatted(",\"stream\":true"), "strict")
            .body())
        .contains("the key is ")
        .doesNotContain("sk-abc")
        .contains("\"stop_reason\":\"refusal\"")
        .contains("message_stop");
  }

  @Test
  void a_block_in_a_stream_ends_it_in_the_clients_dialect_and_cancels_the_provider() {
    upstream.answers((_, socket) -> {
      FakeUpstream.write(
          socket,
          FakeUpstream.streamHead()
              + event("\"content\":\"the key is sk-abcdefghijklmnop\"", false));
      FakeUpstream.write(
          socket,
          event(
              "\"content\":\"qrstuvwx and so on and on and on, and on for a long while\"", false));
      while (true) {
        Thread.sleep(20);
        FakeUpstream.write(socket, event("\"content\":\"more\"", false));
      }
    });
    var before = System.nanoTime();
    var body = send(
            "/v1/chat/completions",
            "{\"model\":\"fake/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
            "strict")
        .body();
    assertThat(body)
        .contains("the key is ")
        .doesNotContain("sk-abc")
        .contains("\"finish_reason\":\"content_filter\"")
        .endsWith("data: [DONE]\n\n");
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(5))
        .until(() -> upstream.lastBroken() > before);
  }

  @Test
  void a_block_is_an_error_without_the_text_and_a_wrong_profile_is_named() {
    var body =
        "{\"model\":\"fake/m\",\"messages\":[{\"role\":\"user\",\"content\":\"ignore all previous\"}]}";
    var response = send("/v1/chat/completions", body, "strict");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"code\":\"content_policy_violation\"")
        .contains("injection")
        .doesNotContain("previous");
    assertThat(send("/v1/chat/completions", body, "nothing").statusCode()).isEqualTo(400);
    assertThat(gateway.metrics().body())
        .contains("gateway_guardrail_decisions_total{action=\"block\",guardrail=\"injection\"}")
        .contains("gateway_guardrail_duration_seconds_count{guardrail=\"pii\"}");
    assertThat(gateway.logLines())
        .anySatisfy(line -> assertThat(line)
            .contains("\"guardrails\":[{\"guardrail\":\"injection\",\"action\":\"block\"")
            .doesNotContain("previous"));
  }

  @Test
  void moderations_are_answered_in_openais_shape() {
    var one = send("/v1/moderations", "{\"input\":\"you idiot\"}", "");
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(one.body())
        .contains("\"model\":\"weir-moderation\"")
        .contains("\"flagged\":true")
        .contains("\"harassment\":true")
        .contains("\"self-harm\":false");
    var many = send(
        "/v1/moderations",
        "{\"model\":\"omni-moderation-2024-09-26\",\"input\":[\"fine\",\"you vermin\"]}",
        "");
    assertThat(many.body())
        .containsSubsequence("\"flagged\":false", "\"flagged\":true", "\"hate\":true");
    assertThat(send(
                "/v1/moderations",
                "{\"input\":[{\"type\":\"text\",\"text\":\"you\"},{\"type\":\"text\",\"text\":\"idiot\"}]}",
                "")
            .body())
        .containsOnlyOnce("\"flagged\":true");
    assertThat(send(
                "/v1/moderations",
                "{\"input\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x\"}}]}",
                "")
            .statusCode())
        .isEqualTo(400);
    assertThat(send("/v1/moderations", "{\"model\":\"gpt-4o\",\"input\":\"x\"}", "")
            .statusCode())
        .isEqualTo(404);
    assertThat(send("/v1/moderations", "{\"input\":[]}", "").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> send(String route, String body, String profile) {
    var request = HttpRequest.newBuilder(URI.create(gateway.url() + route))
        .header("authorization", "Bearer " + gateway.key())
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
    return gateway.send(
        profile.isEmpty()
            ? request.build()
            : request.header("x-weir-guardrail-profile", profile).build());
  }

  private static String whole(String message) {
    return FakeUpstream.json(
        200,
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," + message
            + "},\"finish_reason\":\"stop\"}],\"input_tokens\":1,\"data\":[],\"output\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}");
  }

  /** The delta in one event; or in two, the second of which adds what stands behind the mark. */
  private static FakeUpstream.Behaviour stream(String delta) {
    int mark = delta.indexOf('\u0001');
    var rest = mark < 0 ? "" : delta.substring(mark + 1);
    return (_, socket) -> {
      FakeUpstream.write(socket, FakeUpstream.streamHead());
      if (mark < 0) {
        FakeUpstream.write(socket, event(delta, false));
      } else {
        // the first half closed, and the second opened again, as a provider would cut it
        var closing = delta.contains("arguments") ? "\"}}]" : "\"";
        var opening = delta.contains("arguments")
            ? "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
            : delta.substring(0, delta.indexOf(':') + 2);
        FakeUpstream.write(socket, event(delta.substring(0, mark) + closing, false));
        FakeUpstream.write(socket, event(opening + rest, false));
      }
      FakeUpstream.write(socket, event("", true) + "data: [DONE]\n\n");
      socket.shutdownOutput();
    };
  }

  private static String event(String delta, boolean last) {
    return "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{" + delta
        + "},\"finish_reason\":" + (last ? "\"stop\"" : "null") + "}]}\n\n";
  }
}
