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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Coverage is a guarantee: for each protocol that clients may speak, on the gateway's own path and on a tenant's, streamed or
 * not, a planted text is found wherever it stands. A protocol that is not in the table fails.
 */
class GuardrailCoverageTest {
  private static final String MAIL = "john@example.com";
  private static final String STREAM = ",\"stream\":true";

  /** How a choice of a legacy completion begins. */
  private static final String TEXT = "\"text\":";

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
          "\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{\"id\":\"%s\"}}]}]",
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

  /** The same as items of a response's output. */
  private static final List<String> ITEMS = List.of(
      "{\"type\":\"message\",\"id\":\"i\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"mail %s now\",\"annotations\":[]}]}",
      "{\"type\":\"reasoning\",\"id\":\"i\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"mail %s now\"}]}",
      "{\"type\":\"function_call\",\"id\":\"i\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\\\"to\\\":\\\"%s\\\"}\"}");

  /** Routes that take texts and send them nowhere. */
  private static final Set<String> LOCAL = Set.of("/v1/moderations");

  /** Protocols whose answers say nothing. */
  private static final Set<ClientProtocol> SAY_NOTHING =
      Set.of(ClientProtocol.OPENAI_EMBEDDINGS, ClientProtocol.ANTHROPIC_COUNT_TOKENS);

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
    var owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
    var tenant = owner.get("/tenants").json().at("/data/0/id").asString();
    for (var protocol : ClientProtocol.values()) {
      owner.make(
          "/api-routes",
          "{\"tenant_id\":\"" + tenant + "\",\"path\":\"" + ownPath(protocol)
              + "\",\"method\":\"POST\",\"model\":\"fake/m\",\"protocol\":\"" + protocol.id()
              + "\"}");
    }
    for (var protocol : ClientProtocol.values()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> send(ownPath(protocol), "{}", "").statusCode() != 404);
    }
  }

  /** The tenant's own path on which a protocol is spoken. */
  private static String ownPath(ClientProtocol protocol) {
    return "/cover/" + protocol.id();
  }

  private static List<String> paths(ClientProtocol protocol) {
    return List.of(protocol.path(), ownPath(protocol));
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

  @ParameterizedTest
  @EnumSource
  void what_is_planted_in_a_request_never_reaches_the_provider(ClientProtocol protocol) {
    for (var path : paths(protocol)) {
      for (var place : INPUT.getOrDefault(protocol.path(), List.of())) {
        for (var stream : SAY_NOTHING.contains(protocol) ? List.of("") : List.of("", STREAM)) {
          if (stream.isEmpty()) {
            upstream.answers(whole("\"content\":\"ok\""));
          } else {
            upstream.answers(stream("\"content\":\"ok\""));
          }
          // counts are made here for providers that have no such operation
          var model = protocol == ClientProtocol.ANTHROPIC_COUNT_TOKENS ? "claude/m" : "fake/m";
          var body = "{\"model\":\"" + model + "\"," + place.formatted(MAIL) + stream + "}";
          var response = send(path, body, "strict");
          assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
          assertThat(upstream.last().text()).as(body).doesNotContain(MAIL).contains("[EMAIL_1]");
          assertThat(response.headers().firstValue("x-weir-guardrails").orElse(""))
              .as(body)
              .isEqualTo("pii.email;action=redact");
        }
      }
    }
  }

  @Test
  void without_a_find_the_provider_sees_the_clients_own_bytes() {
    upstream.answers(whole("\"content\":\"ok\""));
    var body =
        "{ \"model\":\"m\", \"temperature\": 1.50e0,\n \"messages\":[{\"role\":\"user\",\"content\":\"\\u0068i\"}] }";
    assertThat(send("/v1/chat/completions", body, "strict").statusCode()).isEqualTo(200);
    assertThat(upstream.last().text()).isEqualTo(body);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_planted_in_an_answer_never_reaches_the_client(ClientProtocol protocol) {
    if (SAY_NOTHING.contains(protocol)) {
      return;
    }
    int shown = 0;
    for (var path : paths(protocol)) {
      for (var place : places(protocol)) {
        upstream.answers(whole(protocol, place.formatted(MAIL)));
        if (!send(path, asking(protocol, ""), "off").body().contains(MAIL)) {
          // this protocol has no such place
          continue;
        }
        shown++;
        redacted(send(path, asking(protocol, ""), "strict").body(), place);
        for (int cut = 1; cut < MAIL.length(); cut += 4) {
          var pieces = MAIL.substring(0, cut) + "\u0001" + MAIL.substring(cut);
          upstream.answers(stream(protocol, place.formatted(pieces)));
          var streamed = send(path, asking(protocol, STREAM), "strict").body();
          redacted(streamed, place);
          assertThat(streamed)
              .as(place)
              .containsAnyOf("data: [DONE]\n\n", "message_stop", "response.completed");
        }
      }
    }
    assertThat(shown).isGreaterThanOrEqualTo(2 * Math.min(2, places(protocol).size()));
  }

  private static List<String> places(ClientProtocol protocol) {
    return switch (protocol) {
      case OPENAI_RESPONSES -> ITEMS;
      case OPENAI_COMPLETIONS -> List.of("\"text\":\"mail %s now\"");
      default -> OUTPUT;
    };
  }

  private static void redacted(String answer, String place) {
    assertThat(answer).as(place).contains("[EMAIL_1]").doesNotContain("john", "example");
  }

  private static String asking(ClientProtocol protocol, String more) {
    var asked = switch (protocol) {
      case OPENAI_RESPONSES -> "\"input\":\"hi\"";
      case OPENAI_COMPLETIONS -> "\"prompt\":\"hi\"";
      default -> "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    };
    return "{\"model\":\"fake/m\"," + asked + more + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_CHAT, content_filter, [DONE]",
    "OPENAI_COMPLETIONS, content_filter, [DONE]",
    "OPENAI_RESPONSES, response.incomplete, content_filter",
    "ANTHROPIC_MESSAGES, refusal, message_stop"
  })
  void a_block_in_a_stream_is_told_in_the_clients_dialect(
      ClientProtocol protocol, String word, String end) {
    var text = "the key is sk-abcdefghijklmnopqrstuvwx and";
    upstream.answers(stream(protocol, places(protocol).getFirst().replace("mail %s now", text)));
    for (var path : paths(protocol)) {
      assertThat(send(path, asking(protocol, STREAM), "strict").body())
          .contains("the key is ", word, end)
          .doesNotContain("sk-abc");
    }
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

  private static String whole(ClientProtocol protocol, String place) {
    return protocol == ClientProtocol.OPENAI_RESPONSES
        ? ResponsesAnswers.whole(place)
        : whole(place);
  }

  private static FakeUpstream.Behaviour stream(ClientProtocol protocol, String place) {
    return protocol == ClientProtocol.OPENAI_RESPONSES
        ? ResponsesAnswers.stream(place)
        : stream(place);
  }

  private static String whole(String message) {
    return FakeUpstream.json(
        200,
        "{\"choices\":[{\"index\":0,"
            + (message.startsWith(TEXT)
                ? message
                : "\"message\":{\"role\":\"assistant\"," + message + "}")
            + ",\"finish_reason\":\"stop\"}],\"input_tokens\":1,\"data\":[],\"output\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}");
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
      var nothing = delta.startsWith(TEXT) ? TEXT + "\"\"" : "";
      FakeUpstream.write(socket, event(nothing, true) + "data: [DONE]\n\n");
      socket.shutdownOutput();
    };
  }

  private static String event(String delta, boolean last) {
    return "data: {\"id\":\"x\",\"choices\":[{\"index\":0,"
        + (delta.startsWith(TEXT) ? delta : "\"delta\":{" + delta + "}")
        + ",\"finish_reason\":" + (last ? "\"stop\"" : "null") + "}]}\n\n";
  }
}
