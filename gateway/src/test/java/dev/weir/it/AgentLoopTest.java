package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeAgentModel;
import dev.weir.fake.FakeUpstream;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.Translator;
import dev.weir.provider.anthropic.AnthropicTranslator;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Sessions of agents as Claude Code and Codex hold them: thirty turns with a tool, all that the model said sent back each time,
 * against providers that want their own thoughts back exactly.
 */
class AgentLoopTest {
  private static final int TURNS = 30;
  private static final JsonMapper JSON = new JsonMapper();

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(
            provider("gpt", OpenAiTranslator.INSTANCE),
            provider("claude", AnthropicTranslator.INSTANCE)),
        RunningGateway.PATIENT);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static RemoteProvider provider(String name, Translator translator) {
    return new RemoteProvider(
        name, upstream.url(), List.of(), List.of(), Reach.ANYWHERE, translator);
  }

  @ParameterizedTest
  @CsvSource({"gpt/m", "claude/m"})
  void chat_completions_hold_a_long_session(String model) {
    var agent = new FakeAgentModel(TURNS);
    upstream.answers(agent);
    var messages = JSON.createArrayNode();
    messages.addObject().put("role", "user").put("content", "go");
    for (int turn = 0; turn < TURNS; turn++) {
      var message = ask("/v1/chat/completions", request(model, "messages", messages))
          .at("/choices/0/message");
      messages.add(message);
      var call = message.at("/tool_calls/0");
      assertThat(
              JSON.readTree(call.at("/function/arguments").asString()).path("n").asInt())
          .isEqualTo(turn);
      messages
          .addObject()
          .put("role", "tool")
          .put("tool_call_id", call.path("id").asString())
          .put("content", "ok " + turn);
    }
    var last = ask("/v1/chat/completions", request(model, "messages", messages));
    assertThat(last.at("/choices/0/message/content").asString()).isEqualTo("done after " + TURNS);
    assertThat(agent.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"gpt/m", "claude/m"})
  void messages_hold_a_long_session(String model) {
    var agent = new FakeAgentModel(TURNS);
    upstream.answers(agent);
    var messages = JSON.createArrayNode();
    messages.addObject().put("role", "user").put("content", "go");
    for (int turn = 0; turn < TURNS; turn++) {
      var content = ask("/v1/messages", request(model, "messages", messages)).path("content");
      messages.addObject().put("role", "assistant").set("content", content);
      var call = content.get(content.size() - 1);
      assertThat(call.at("/input/n").asInt()).isEqualTo(turn);
      var result = messages.addObject().put("role", "user").putArray("content").addObject();
      result.put("type", "tool_result").put("tool_use_id", call.path("id").asString());
      result.put("content", "ok " + turn);
    }
    var last = ask("/v1/messages", request(model, "messages", messages));
    assertThat(last.at("/content/0/text").asString()).isEqualTo("done after " + TURNS);
    assertThat(agent.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"gpt/m, false", "gpt/m, true", "claude/m, false", "claude/m, true"})
  void responses_hold_a_long_session(String model, boolean stream) {
    var agent = new FakeAgentModel(TURNS);
    upstream.answers(agent);
    var input = JSON.createArrayNode();
    input.addObject().put("role", "user").put("content", "go");
    for (int turn = 0; turn < TURNS; turn++) {
      var output = respond(model, input, stream);
      output.forEach(input::add);
      var call = output.get(output.size() - 1);
      assertThat(JSON.readTree(call.path("arguments").asString()).path("n").asInt())
          .isEqualTo(turn);
      var result = input.addObject().put("type", "function_call_output");
      result.put("call_id", call.path("call_id").asString()).put("output", "ok " + turn);
    }
    var last = respond(model, input, stream);
    assertThat(last.get(last.size() - 1).at("/content/0/text").asString())
        .isEqualTo("done after " + TURNS);
    assertThat(agent.complaints()).isEmpty();
  }

  private static JsonNode respond(String model, ArrayNode input, boolean stream) {
    var request = request(model, "input", input);
    if (!stream) {
      return ask("/v1/responses", request).path("output");
    }
    var body = gateway
        .post("/v1/responses", request.replace("{\"model\"", "{\"stream\":true,\"model\""))
        .body();
    var done = body.substring(body.lastIndexOf("data: ") + 6).strip();
    return JSON.readTree(done).at("/response/output");
  }

  private static String request(String model, String name, ArrayNode conversation) {
    return "{\"model\":\"" + model + "\",\"max_tokens\":500,\"" + name + "\":" + conversation + "}";
  }

  private static JsonNode ask(String path, String body) {
    var reply = gateway.post(path, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }
}
