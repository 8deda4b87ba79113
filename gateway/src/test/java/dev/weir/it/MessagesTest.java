package dev.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.provider.Credential;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.Translator;
import dev.weir.provider.anthropic.AnthropicTranslator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /v1/messages} at the whole gateway, and chat completions for a provider that speaks Anthropic's protocol. */
class MessagesTest {
  private static final Path ANSWERS = Path.of("src/test/resources/golden/translate/answers");

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(
            provider("claude", AnthropicTranslator.INSTANCE),
            provider("gpt", OpenAiTranslator.INSTANCE)),
        RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static RemoteProvider provider(String name, Translator translator) {
    return new RemoteProvider(
        name,
        upstream.url(),
        List.of(new Credential(name, "secret-of-" + name)),
        List.of(),
        Reach.ANYWHERE,
        translator);
  }

  private static String answer(String file) throws IOException {
    return Files.readString(ANSWERS.resolve(file));
  }

  private static String stream(String file) throws IOException {
    var body = answer(file);
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: "
        + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
  }

  private static String messages(String model, String members) {
    return "{\"model\": \"" + model + "\",\t\"max_tokens\": 1e2" + members
        + ", \"vendor_field\": 1.10, \"messages\": [{\"role\":\"user\",\"content\":\"hi\"}]}";
  }

  @Test
  void a_provider_of_the_same_protocol_gets_the_clients_bytes_and_the_client_gets_its()
      throws IOException {
    var whole = answer("anthropic/tools/upstream.json");
    upstream.answers(FakeUpstream.json(200, whole));
    var asked = messages("claude/m", "").replace("1e2", "100");
    var reply = gateway.post("/v1/messages", asked);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(whole);
    assertThat(upstream.last().text()).isEqualTo(asked.replace("claude/m", "m"));
    assertThat(upstream.last().head())
        .startsWith("POST /v1/messages ")
        .containsIgnoringCase("x-api-key: secret-of-claude")
        .containsIgnoringCase("anthropic-version: 2023-06-01")
        .doesNotContainIgnoringCase("authorization");
    upstream.answers(stream("anthropic/reasoning/upstream.sse"));
    var streamed =
        gateway.post("/v1/messages", asked.replace("\"messages\"", "\"stream\":true,\"messages\""));
    assertThat(streamed.body()).isEqualTo(answer("anthropic/reasoning/upstream.sse"));
  }

  @Test
  void headers_for_the_vendor_go_on_to_its_own_protocol_alone() throws IOException {
    upstream.answers(FakeUpstream.json(200, answer("anthropic/plain/upstream.json")));
    vendorHeaders("/v1/messages", messages("claude/m", "").replace("1e2", "100"));
    assertThat(upstream.last().head())
        .containsIgnoringCase("anthropic-version: 2024-10-01")
        .doesNotContain("2023-06-01")
        .containsIgnoringCase("anthropic-beta: context-1m")
        .doesNotContainIgnoringCase("openai-")
        .doesNotContainIgnoringCase("x-vendor");
    vendorHeaders("/v1/chat/completions", RunningGateway.chat("claude/m"));
    assertThat(upstream.last().head())
        .containsIgnoringCase("anthropic-version: 2023-06-01")
        .doesNotContainIgnoringCase("anthropic-beta")
        .doesNotContainIgnoringCase("openai-");
    upstream.answers(FakeUpstream.json(200, answer("openai/plain/upstream.json")));
    vendorHeaders("/v1/chat/completions", RunningGateway.chat("gpt/m"));
    assertThat(upstream.last().head())
        .containsIgnoringCase("openai-organization: org-1")
        .containsIgnoringCase("openai-project: proj-1")
        .containsIgnoringCase("openai-beta: assistants=v2")
        .doesNotContainIgnoringCase("anthropic-");
  }

  private static void vendorHeaders(String path, String body) {
    var reply = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + path))
        .headers("authorization", "Bearer " + gateway.key(), "content-type", "application/json")
        .headers("anthropic-version", "2024-10-01", "anthropic-beta", "context-1m")
        .headers("openai-organization", "org-1", "openai-project", "proj-1")
        .headers("openai-beta", "assistants=v2", "x-vendor", "no")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void chat_completions_reach_a_provider_that_speaks_messages() throws IOException {
    upstream.answers(FakeUpstream.json(200, answer("anthropic/tools/upstream.json")));
    var whole = gateway.post("/v1/chat/completions", RunningGateway.chat("claude/m"));
    assertThat(whole.body())
        .contains("\"finish_reason\":\"tool_calls\"")
        .contains("\"model\":\"claude/m\"");
    assertThat(upstream.last().head()).startsWith("POST /v1/messages ");
    upstream.answers(stream("anthropic/plain/upstream.sse"));
    var streamed = gateway.post("/v1/chat/completions", RunningGateway.stream("claude/m"));
    assertThat(streamed.body()).endsWith("data: [DONE]\n\n").contains("Grüße, ");
  }

  @Test
  void messages_reach_a_provider_that_speaks_chat_completions() throws IOException {
    upstream.answers(FakeUpstream.json(200, answer("openai/parallel-tools/upstream.json")));
    var whole = gateway.post("/v1/messages", messages("gpt/m", "").replace("1e2", "100"));
    assertThat(whole.body()).contains("\"stop_reason\":\"tool_use\"");
    assertThat(upstream.last().head())
        .startsWith("POST /v1/chat/completions ")
        .containsIgnoringCase("authorization: Bearer secret-of-gpt");
    upstream.answers(stream("openai/tools/upstream.sse"));
    var streamed =
        gateway.post("/v1/messages", messages("gpt/m", ",\"stream\":true").replace("1e2", "100"));
    assertThat(streamed.body()).contains("event: message_stop").contains("input_json_delta");
  }

  @Test
  void tokens_are_counted_by_the_provider_or_estimated_here() {
    var asked = messages("claude/m", "").replace("\"max_tokens\": 1e2,", "");
    upstream.answers(FakeUpstream.json(200, "{\"input_tokens\": 14}"));
    var counted = gateway.post("/v1/messages/count_tokens", asked);
    assertThat(counted.body()).isEqualTo("{\"input_tokens\": 14}");
    assertThat(counted.headers().firstValue("x-weir-token-count")).isEmpty();
    assertThat(upstream.last().head()).startsWith("POST /v1/messages/count_tokens ");
    assertThat(upstream.last().text()).isEqualTo(asked.replace("claude/m", "m"));
    var before = upstream.ledger().size();
    var estimated = gateway.post("/v1/messages/count_tokens", asked.replace("claude/m", "gpt/m"));
    assertThat(estimated.body()).isEqualTo("{\"input_tokens\":5}");
    assertThat(estimated.headers().firstValue("x-weir-token-count")).hasValue("estimate");
    assertThat(upstream.ledger().size()).isEqualTo(before);
    var wrong = gateway.post("/v1/messages/count_tokens", "{\"model\":\"gpt/m\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("invalid_request_error").contains("messages");
  }

  @Test
  void a_stream_that_simply_ends_is_an_error_event_of_the_dialect() throws IOException {
    var cut = answer("anthropic/plain/upstream.sse").replaceAll("(?s)event: message_delta.*", "");
    upstream.answers((_, socket) -> {
      FakeUpstream.write(
          socket,
          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n" + cut);
      socket.close();
    });
    var streamed = gateway.post(
        "/v1/messages", messages("claude/m", ",\"stream\":true").replace("1e2", "100"));
    assertThat(streamed.body())
        .contains("event: error\n")
        .contains("\"request_id\"")
        .doesNotContain("message_stop");
  }

  @Test
  void failures_are_told_in_the_dialect_of_the_path() {
    var malformed = gateway.post("/v1/messages", "{}");
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"")
        .contains("request_id");
    var unknown = send("/v1/messages", "wr-demo-nothing");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).contains("authentication_error");
    var missing = gateway.post("/v1/messages", messages("nowhere", "").replace("1e2", "100"));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("not_found_error");
  }

  @Test
  void what_a_protocol_cannot_say_is_refused_with_the_field() {
    var several = gateway.post(
        "/v1/chat/completions",
        "{\"model\":\"claude/m\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    assertThat(several.statusCode()).isEqualTo(400);
    assertThat(several.body()).contains("\"param\":\"n\"");
    var embeddings = gateway.post("/v1/embeddings", "{\"model\":\"claude/m\",\"input\":\"hi\"}");
    assertThat(embeddings.statusCode()).isEqualTo(400);
    assertThat(embeddings.body()).contains("upstream_invalid_request");
  }

  private static HttpResponse<String> send(String path, String key) {
    return gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + path))
        .header("x-api-key", key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build());
  }
}
