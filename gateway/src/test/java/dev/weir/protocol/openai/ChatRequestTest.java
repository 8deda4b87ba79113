package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RandomJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final List<String> WRONG = List.of(
      "null",
      "true",
      "7",
      "1.5",
      "\"text\"",
      "[]",
      "[1]",
      "{}",
      "{\"a\":1}",
      "-1",
      "0",
      "1e400",
      "99999999999999999999",
      "\"\"");

  /** What of the above each field that is read may be. */
  private static final Map<String, List<String>> READ = Map.of(
      "model",
      List.of("\"text\""),
      "messages",
      List.of(),
      "stream",
      List.of("null", "true"),
      "stream_options",
      List.of("null", "{}", "{\"a\":1}"),
      "n",
      List.of("null", "7"));

  private static final List<String> UNREAD = List.of(
      "temperature",
      "top_p",
      "max_tokens",
      "max_completion_tokens",
      "stop",
      "seed",
      "tools",
      "tool_choice",
      "parallel_tool_calls",
      "response_format",
      "logit_bias",
      "logprobs",
      "top_logprobs",
      "user",
      "metadata",
      "reasoning_effort",
      "modalities",
      "audio",
      "service_tier",
      "presence_penalty",
      "frequency_penalty",
      "x_vendor");

  /** Row C24. */
  @Test
  void fields_that_are_read_must_have_their_type() {
    READ.forEach((field, allowed) -> {
      for (var value : WRONG) {
        var json = with(field, value);
        if (allowed.contains(value)) {
          var _ = read(json);
        } else {
          var failure = refused(json);
          assertThat(failure.code()).as(json).isEqualTo(ErrorCode.INVALID_VALUE);
          assertThat(failure.param()).as(json).startsWith(field);
          assertThat(failure.text()).contains("'" + failure.param() + "'");
        }
      }
    });
  }

  /** Rows C24 and C26. */
  @Test
  void fields_that_are_not_read_pass_as_they_are() {
    for (var field : UNREAD) {
      for (var value : WRONG) {
        var bytes = with(field, value).getBytes(UTF_8);
        assertThat(ChatRequest.read(bytes).bodyFor("m")).isSameAs(bytes);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"messages\":[{\"role\":\"user\"}]}|model",
        "{\"model\":\"m\"}|messages",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"},7]}|messages[1]",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"},{}]}|messages[1].role",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"},{\"role\":\"u\"},{\"role\":1}]}|messages[2].role",
        "{\"model\":\"m\",\"messages\":[{\"Role\":\"user\"}]}|messages[0].role",
        "{\"Model\":\"m\",\"messages\":[{\"role\":\"user\"}]}|model",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stream_options\":{\"include_usage\":1}}|stream_options.include_usage"
      })
  void the_field_at_fault_is_named(String json, String param) {
    assertThat(refused(json).param()).isEqualTo(param);
  }

  @Test
  void a_models_name_has_a_longest_length() {
    assertThat(refused(with("model", "\"" + "x".repeat(20_000) + "\"")).param()).isEqualTo("model");
  }

  /** Row C17. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"a\",\"model\":\"b\",\"messages\":[{\"role\":\"user\"}]}",
        "{\"model\":\"a\",\"mod\\u0065l\":\"b\",\"messages\":[{\"role\":\"user\"}]}",
        "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"role\":\"system\"}]}"
      })
  void two_members_of_one_name_are_refused(String json) {
    assertThat(refused(json).code()).isEqualTo(ErrorCode.INVALID_JSON);
  }

  /** Row C17. */
  @Test
  void names_that_only_resemble_are_others() {
    var request =
        read("{\"Model\":\"b\",\"model\":\"m\",\"MODEL\":1,\"__proto__\":{\"model\":\"x\"},"
            + MESSAGES + "}");
    assertThat(request.model()).isEqualTo("m");
  }

  /** Row C22. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", ",", "// c", "/* c */", "\0", "]"})
  void nothing_may_follow_the_document(String more) {
    assertThat(refused(body("") + more).code()).isEqualTo(ErrorCode.INVALID_JSON);
  }

  /** Row C18. */
  @Test
  void an_escaped_nul_passes_anywhere() {
    var json =
        body("").replace("\"m\"", "\"m\\u0000\"").replace("hi\"", "\",\"\\u0000\":\"\\u0000\"");
    var bytes = json.getBytes(UTF_8);
    var request = ChatRequest.read(bytes);
    assertThat(request.model()).isEqualTo("m\0");
    assertThat(request.bodyFor("m\0")).isSameAs(bytes);
    assertThat(new String(request.bodyFor("x"), UTF_8))
        .isEqualTo(new String(bytes, UTF_8).replace("m\\u0000", "x"));
  }

  @Test
  void an_escaped_model_is_known_and_keeps_its_bytes() {
    var bytes = body("").replace("\"m\"", "\"\\u006d\"").getBytes(UTF_8);
    assertThat(ChatRequest.read(bytes).bodyFor("m")).isSameAs(bytes);
  }

  @Test
  void a_model_for_upstream_is_written_as_json() {
    var sent = ChatRequest.read(body("").getBytes(UTF_8)).bodyFor("a\"\\\n😀");
    assertThat(JsonObject.read(sent).find("model"))
        .isNotNull()
        .extracting(JsonValue::asString)
        .isEqualTo("a\"\\\n😀");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":null|,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\": { }|,\"stream_options\": {\"include_usage\":true}",
        ",\"stream_options\":{ \"x\":1e9}|,\"stream_options\":{\"include_usage\":true, \"x\":1e9}",
        ",\"stream_options\":{\"x\":1 , \"include_usage\" : false }|,\"stream_options\":{\"x\":1 , \"include_usage\" : true }",
        ",\"stream_options\":{\"include_usage\":null}|,\"stream_options\":{\"include_usage\":true}"
      })
  void usage_is_asked_of_every_stream(String client, String upstream) {
    var request = read(body(",\"stream\":true" + client));
    assertThat(request.usageAsked()).isFalse();
    assertThat(new String(request.bodyFor("m"), UTF_8))
        .isEqualTo(body(",\"stream\":true" + upstream));
    assertThat(new String(request.bodyFor("k"), UTF_8))
        .isEqualTo(body(",\"stream\":true" + upstream).replace("\"m\"", "\"k\""));
  }

  @Test
  void a_stream_that_asks_for_usage_itself_is_not_touched() {
    var bytes =
        body(",\"stream\":true,\"stream_options\":{\"include_usage\":true}").getBytes(UTF_8);
    var request = ChatRequest.read(bytes);
    assertThat(request.usageAsked()).isTrue();
    assertThat(request.bodyFor("m")).isSameAs(bytes);
  }

  @Test
  void without_a_stream_nothing_is_asked() {
    for (var stream : List.of("", ",\"stream\":false", ",\"stream\":null")) {
      var bytes = body(stream + ",\"stream_options\":{\"include_usage\":false}").getBytes(UTF_8);
      assertThat(ChatRequest.read(bytes).bodyFor("m")).isSameAs(bytes);
      assertThat(ChatRequest.read(bytes).stream()).isFalse();
    }
  }

  @Test
  void every_valid_oddity_stays_byte_for_byte() {
    var json = new RandomJson(5);
    for (int i = 0; i < 1_000; i++) {
      var body = oddBody(json);
      var text = body.formatted("\"m\"");
      var bytes = text.getBytes(UTF_8);
      var request = ChatRequest.read(bytes);
      assertThat(request.bodyFor("m")).isSameAs(bytes);
      assertThat(new String(request.bodyFor("a/\"b"), UTF_8))
          .isEqualTo(body.formatted("\"a/\\\"b\""));
    }
  }

  @Test
  void every_oddity_of_a_stream_stays_but_for_what_is_asked() {
    var json = new RandomJson(6);
    for (int i = 0; i < 1_000; i++) {
      var text = oddBody(json).formatted("\"m\"");
      var stream = "{\"stream\":true," + text.substring(text.indexOf('{') + 1);
      var sent = new String(ChatRequest.read(stream.getBytes(UTF_8)).bodyFor("m"), UTF_8);
      assertThat(sent.replace(",\"stream_options\":{\"include_usage\":true}", ""))
          .isEqualTo(stream);
      assertThat(ChatRequest.read(sent.getBytes(UTF_8)).usageAsked()).isTrue();
    }
  }

  /** A request with {@code %s} where the model stands, its members in any order and in odd company. */
  private static String oddBody(RandomJson json) {
    var members = new ArrayList<String>();
    members.add("\"model\"" + json.space() + ":" + json.space() + "%s");
    members.add("\"messages\":" + json.space() + "[{\"role\":\"user\",\"content\":" + json.value(3)
        + json.space() + ",\"tool_calls\":" + json.array(3) + "}]");
    for (int i = json.random().nextInt(5); i > 0; i--) {
      members.add("\"x" + i + json.name() + "\"" + json.space() + ":" + json.value(4));
    }
    Collections.shuffle(members, json.random());
    return json.space()
        + "{"
        + json.space()
        + String.join(json.space() + "," + json.space(), members)
        + json.space()
        + "}"
        + json.space();
  }

  private static String body(String more) {
    return "{\"model\":\"m\"," + MESSAGES + more + "}";
  }

  private static String with(String field, String value) {
    var member = "\"" + field + "\":" + value;
    return switch (field) {
      case "model" -> "{" + member + "," + MESSAGES + "}";
      case "messages" -> "{\"model\":\"m\"," + member + "}";
      default -> body("," + member);
    };
  }

  private static ChatRequest read(String json) {
    return ChatRequest.read(json.getBytes(UTF_8));
  }

  private static GatewayException refused(String json) {
    var failure = catchThrowableOfType(GatewayException.class, () -> read(json));
    assertThat(failure).as("refusal of %s", json).isNotNull();
    return failure;
  }
}
