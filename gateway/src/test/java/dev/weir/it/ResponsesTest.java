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
import dev.weir.provider.sandbox.SandboxProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /v1/responses} and {@code /v1/completions} at the whole gateway: byte for byte to a provider that has it, translated to all others. */
class ResponsesTest {
  private static final Path ANSWERS = Path.of("src/test/resources/golden/translate/answers");
  private static final ScheduledExecutorService PACE = Executors.newSingleThreadScheduledExecutor();

  /** A stream as a provider of the protocol sends it, with an event that nobody knows. */
  private static final String STREAM = """
      event: response.created
      data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"in_progress","output":[]}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","sequence_number":1,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hi","new":1.50}

      event: response.of_tomorrow
      data: {"type":"response.of_tomorrow","sequence_number":2}

      event: response.completed
      data: {"type":"response.completed","sequence_number":3,"response":{"id":"resp_1","status":"completed","output":[],"usage":{"input_tokens":11,"output_tokens":7,"input_tokens_details":{"cached_tokens":4}}}}

      """;

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(
            provider("claude", AnthropicTranslator.INSTANCE),
            provider("gpt", OpenAiTranslator.INSTANCE),
            new SandboxProvider(PACE, Clock.systemUTC())),
        RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
    PACE.shutdownNow();
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

  private static String ask(String model, String members) {
    return "{\"model\": \"" + model + "\"" + members + ",\t\"input\":[{\"role\":\"user\","
        + "\"content\":\"hi\"}], \"vendor_field\": 1.10}";
  }

  private static String stream(String body) {
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: "
        + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
  }

  @Test
  void a_provider_of_the_same_protocol_gets_the_clients_bytes_and_the_client_gets_its() {
    var whole =
        "{\"id\":\"resp_1\",\"output\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":2},"
            + "\"temperature\":1.00}";
    upstream.answers(FakeUpstream.json(200, whole));
    var asked = ask("gpt/m", ",\"store\": false");
    var reply = gateway.post("/v1/responses", asked);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(whole);
    assertThat(upstream.last().text()).isEqualTo(asked.replace("gpt/m", "m"));
    assertThat(upstream.last().head()).startsWith("POST /v1/responses ");
    upstream.answers(stream(STREAM));
    var streamed = gateway.post("/v1/responses", ask("gpt/m", ",\"stream\":true"));
    assertThat(streamed.body()).isEqualTo(STREAM);
  }

  @Test
  void a_provider_of_another_protocol_gets_the_conversation_in_its_words() throws IOException {
    upstream.answers(
        FakeUpstream.json(200, Files.readString(ANSWERS.resolve("anthropic/tools/upstream.json"))));
    var whole = gateway.post("/v1/responses", ask("claude/m", ",\"max_output_tokens\":50"));
    assertThat(whole.body())
        .contains("\"object\":\"response\"")
        .contains("\"status\":\"completed\"")
        .contains("\"type\":\"function_call\"")
        .contains("\"max_output_tokens\":50")
        .contains("\"model\":\"claude/m\"");
    assertThat(upstream.last().head()).startsWith("POST /v1/messages ");
    upstream.answers(stream(Files.readString(ANSWERS.resolve("anthropic/reasoning/upstream.sse"))));
    var streamed = gateway.post("/v1/responses", ask("claude/m", ",\"stream\":true"));
    assertThat(streamed.body())
        .startsWith("event: response.created\n")
        .contains("event: response.reasoning_summary_text.delta\n")
        .contains("event: response.output_text.delta\n")
        .contains("event: response.completed\n")
        .doesNotContain("[DONE]");
  }

  @Test
  void prompts_of_old_pass_to_who_has_them_and_are_asked_as_a_chat_elsewhere() throws IOException {
    var whole = "{\"id\":\"cmpl-1\",\"choices\":[{\"text\":\"b\",\"index\":0,\"finish_reason\":"
        + "\"stop\"}],\"new\":1.50}";
    upstream.answers(FakeUpstream.json(200, whole));
    var asked = "{\"model\": \"gpt/m\", \"prompt\": \"a\", \"echo\": true}";
    assertThat(gateway.post("/v1/completions", asked).body()).isEqualTo(whole);
    assertThat(upstream.last().head()).startsWith("POST /v1/completions ");
    assertThat(upstream.last().text()).isEqualTo(asked.replace("gpt/m", "m"));
    upstream.answers(
        stream("data: {\"choices\":[{\"text\":\"b\",\"index\":0,\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n"
            + "data: [DONE]\n\n"));
    var streamed =
        gateway.post("/v1/completions", "{\"model\":\"gpt/m\",\"prompt\":\"a\",\"stream\":true}");
    assertThat(upstream.last().text()).contains("\"include_usage\":true");
    assertThat(streamed.body())
        .contains("\"text\":\"b\"")
        .doesNotContain("usage")
        .endsWith("[DONE]\n\n");
    upstream.answers(
        FakeUpstream.json(200, Files.readString(ANSWERS.resolve("anthropic/plain/upstream.json"))));
    var chat = gateway.post("/v1/completions", "{\"model\":\"claude/m\",\"prompt\":\"a\"}");
    assertThat(chat.body()).contains("\"object\":\"text_completion\"").contains("\"text\":\"");
    for (var member : List.of("echo\":true", "suffix\":\"b\"", "logprobs\":2", "best_of\":2")) {
      var refused = gateway.post(
          "/v1/completions", "{\"model\":\"claude/m\",\"prompt\":\"a\",\"" + member + "}");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body())
          .contains("\"param\":\"" + member.substring(0, member.indexOf('"')) + "\"");
    }
    var several =
        gateway.post("/v1/completions", "{\"model\":\"claude/m\",\"prompt\":[\"a\",\"b\"]}");
    assertThat(several.body()).contains("\"param\":\"prompt\"");
  }

  /** Most servers that are compatible with chat completions have nothing else. */
  private static void chatOnly(FakeUpstream.Request request, java.net.Socket socket)
      throws IOException {
    FakeUpstream.write(
        socket,
        request.head().startsWith("POST /v1/chat/completions ")
            ? FakeUpstream.json(
                200, Files.readString(ANSWERS.resolve("openai/plain/upstream.json")))
            : FakeUpstream.json(404, "{\"detail\":\"Not Found\"}"));
  }

  @Test
  void a_provider_that_turns_out_to_have_chats_only_is_asked_in_a_chat() throws IOException {
    try (var lacking = new FakeUpstream();
        var other = new RunningGateway(
            List.of(new RemoteProvider("own", lacking.url(), "", List.of("m"))),
            RunningGateway.QUICK)) {
      lacking.answers(ResponsesTest::chatOnly);
      for (int i = 0; i < 2; i++) {
        var reply = other.post("/v1/responses", ask("own/m", ""));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).contains("\"object\":\"response\"");
        assertThat(reply.headers().firstValue("x-weir-attempts")).hasValue("1");
      }
      var prompt = other.post("/v1/completions", "{\"model\":\"own/m\",\"prompt\":\"a\"}");
      assertThat(prompt.body()).contains("\"object\":\"text_completion\"");
      // learnt once for each
      assertThat(lacking.ledger().stream().filter(one -> one.head().contains("/responses ")))
          .hasSize(1);
      lacking.answers(
          FakeUpstream.json(404, "{\"error\":{\"code\":\"model_not_found\",\"message\":\"no\"}}"));
      var absent = other.post("/v1/completions", "{\"model\":\"own/m\",\"prompt\":\"a\"}");
      assertThat(absent.statusCode()).isEqualTo(404);
    }
  }

  @Test
  void what_answers_in_the_process_answers_here_too() {
    var whole = gateway.post("/v1/responses", ask("sandbox-echo", ""));
    assertThat(whole.body()).contains("\"type\":\"output_text\",\"text\":\"hi\"");
    var streamed = gateway.post("/v1/responses", ask("sandbox-echo", ",\"stream\":true"));
    assertThat(streamed.body()).contains("event: response.completed\n");
  }

  @Test
  void what_would_need_a_memory_is_refused_by_name() {
    for (var member : List.of(
        "previous_response_id\":\"resp_1\"",
        "conversation\":\"conv_1\"",
        "background\":true",
        "prompt\":{\"id\":\"pmpt_1\"}")) {
      var reply = gateway.post("/v1/responses", ask("gpt/m", ",\"" + member));
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(reply.body())
          .contains("\"param\":\"" + member.substring(0, member.indexOf('"')) + "\"")
          .contains("keeps no responses")
          .contains("\"code\":\"invalid_value\"");
    }
    var reference = gateway.post(
        "/v1/responses",
        "{\"model\":\"claude/m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]}");
    assertThat(reference.body()).contains("\"param\":\"input[0].type\"");
    var hosted =
        gateway.post("/v1/responses", ask("claude/m", ",\"tools\":[{\"type\":\"web_search\"}]"));
    assertThat(hosted.statusCode()).isEqualTo(400);
    assertThat(hosted.body()).contains("\"param\":\"tools[0].type\"");
  }

  @Test
  void a_stream_that_simply_ends_or_fails_is_an_error_event_of_the_dialect() {
    var begun = STREAM.substring(0, STREAM.indexOf("event: response.completed"));
    upstream.answers((_, socket) -> {
      FakeUpstream.write(
          socket,
          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
              + begun);
      socket.close();
    });
    var cut = gateway.post("/v1/responses", ask("gpt/m", ",\"stream\":true"));
    assertThat(cut.body())
        .contains(
            "event: error\ndata: {\"type\":\"error\",\"sequence_number\":3,\"code\":\"upstream_invalid_response\"")
        .doesNotContain("response.completed");
    upstream.answers(stream(begun
        + "data: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_1\",\"error\":"
        + "{\"code\":\"rate_limit_exceeded\",\"message\":\"sk-secret\"}}}\n\n"));
    var failed = gateway.post("/v1/responses", ask("gpt/m", ",\"stream\":true"));
    assertThat(failed.body()).contains("upstream_rate_limited").doesNotContain("sk-secret");
  }
}
