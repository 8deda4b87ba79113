package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAnswerReaderTest {
  private static final String DONE = "data: [DONE]\n\n";
  private static final String DELTA =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"é\"},\"finish_reason\":null}]}\n\n";
  private static final String FINISH =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}\n\n";

  @Test
  void chunks_pass_as_the_same_array_until_the_terminator() {
    var reader = reader("");
    for (var frame : List.of(DELTA, FINISH)) {
      var bytes = frame.getBytes(UTF_8);
      assertThat(reader.event(bytes)).containsSame(bytes);
      assertThat(reader.content()).isTrue();
      assertThat(reader.complete()).isFalse();
    }
    assertThat(pass(reader, DONE)).isEqualTo(DONE);
    assertThat(reader.content()).isTrue();
    assertThat(reader.complete()).isTrue();
    assertThat(reader.usage()).isEqualTo(TokenUsage.UNKNOWN);
  }

  @Test
  void what_follows_the_terminator_is_dropped() {
    var reader = reader("");
    for (var frame : List.of(DELTA, FINISH, DONE)) {
      assertThat(pass(reader, frame)).isEqualTo(frame);
    }
    for (var frame : List.of(DELTA, DONE, ": c\n\n", "data: junk\n\n", "\n")) {
      assertThat(reader.event(frame.getBytes(UTF_8))).isEmpty();
      assertThat(reader.content()).isFalse();
    }
    assertThat(reader.complete()).isTrue();
  }

  @Test
  void comments_pass_and_are_no_content() {
    var reader = reader("");
    for (var frame : List.of(": ping\n\n", "\n", "\r\n", "retry: 1\n\n", "id: 1\n\n")) {
      assertThat(pass(reader, frame)).isEqualTo(frame);
      assertThat(reader.content()).isFalse();
    }
  }

  @Test
  void empty_data_is_dropped() {
    var reader = reader("");
    assertThat(reader.event("data:\n\n".getBytes(UTF_8))).isEmpty();
    assertThat(reader.content()).isFalse();
  }

  @Test
  void a_chunk_without_choices_passes_and_is_no_content() {
    var reader = reader("");
    for (var frame : List.of(
        "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n",
        "data: {}\n\n",
        "data: {\"choices\":null}\n\n")) {
      assertThat(pass(reader, frame)).isEqualTo(frame);
      assertThat(reader.content()).isFalse();
    }
  }

  /** Rows U15, U17 and U18, and what else is no chunk. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\":[{\"ind\n\n",
        "data: <html><body>502</body></html>\n\n",
        "data: null\n\n",
        "data: []\n\n",
        "data: \"x\"\n\n",
        "data: [DON\n\n",
        "data: {} {}\n\n",
        "data: {\"choices\":{}}\n\n",
        "data: {\"choices\":\"x\"}\n\n",
        "data: {\"choices\":[null]}\n\n",
        "data: {\"choices\":[[]]}\n\n",
        "data: {\"a\":1,\"a\":2}\n\n"
      })
  void what_is_no_chunk_is_refused(String frame) {
    var failure = refused(reader(""), frame);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
    assertThat(failure.text()).isEqualTo("The provider sent an answer that is not valid.");
  }

  @Test
  void a_terminator_before_every_choice_has_finished_is_no_end() {
    var reader = reader("");
    assertThat(pass(reader, DELTA)).isEqualTo(DELTA);
    assertThat(refused(reader, DONE).code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
    assertThat(reader.complete()).isFalse();
  }

  @Test
  void all_choices_must_finish() {
    var reader = reader(",\"n\":2");
    assertThat(pass(reader, FINISH)).isNotEmpty();
    assertThat(pass(reader, FINISH)).isNotEmpty();
    // choices that nobody asked for, and reasons that are none, don't count
    assertThat(pass(reader, FINISH.replace(":0,", ":2,"))).isNotEmpty();
    assertThat(pass(reader, FINISH.replace(":0,", ":-1,"))).isNotEmpty();
    assertThat(pass(reader, FINISH.replace(":0,", ":1,").replace("stop", ""))).isNotEmpty();
    assertThat(refused(reader, DONE).detail()).contains("1 of 2");
    assertThat(pass(reader, FINISH.replace(":0,", ":1,"))).isNotEmpty();
    assertThat(pass(reader, DONE)).isEqualTo(DONE);
    assertThat(reader.complete()).isTrue();
  }

  @Test
  void one_chunk_may_finish_many_choices() {
    var reader = reader(",\"n\":2");
    var both =
        "data: {\"choices\":[{\"finish_reason\":\"stop\"},{\"index\":1,\"finish_reason\":\"length\"}]}\n\n";
    assertThat(pass(reader, both)).isEqualTo(both);
    assertThat(pass(reader, DONE)).isEqualTo(DONE);
  }

  @Test
  void usage_that_only_the_gateway_asked_for_is_taken_out() {
    var reader = reader("");
    assertThat(pass(reader, "data: {\"choices\":[{\"index\":0}],\"usage\":null}\n\n"))
        .isEqualTo("data: {\"choices\":[{\"index\":0}]}\n\n");
    assertThat(pass(reader, "data: {\"usage\" : null , \"x\":1.0,\"choices\":[]}\n\n"))
        .isEqualTo("data: {\"x\":1.0,\"choices\":[]}\n\n");
    assertThat(pass(
            reader, ": c\r\nid: 1\r\ndata:{\"choices\":[{}] , \"usage\":null , \"y\":2}\r\n\r\n"))
        .isEqualTo(": c\r\nid: 1\r\ndata:{\"choices\":[{}] , \"y\":2}\r\n\r\n");
    assertThat(pass(reader, "data: {\"choices\":[{}],\ndata: \"usage\":null,\ndata: \"y\":2}\n\n"))
        .isEqualTo("data: {\"choices\":[{}],\ndata: \"y\":2}\n\n");
    assertThat(pass(reader, FINISH)).isEqualTo(FINISH);
    assertThat(reader.event(USAGE.getBytes(UTF_8))).isEmpty();
    assertThat(reader.content()).isFalse();
    assertThat(reader.usage()).isEqualTo(new TokenUsage(5, 7, 0, 0));
  }

  @Test
  void usage_beside_content_is_taken_out_too() {
    var reader = reader("");
    var chunk =
        "data: {\"choices\":[{\"index\":0}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}\n\n";
    assertThat(pass(reader, chunk)).isEqualTo("data: {\"choices\":[{\"index\":0}]}\n\n");
    assertThat(reader.usage()).isEqualTo(new TokenUsage(5, 1, 0, 0));
  }

  @Test
  void usage_that_the_client_asked_for_passes() {
    var reader = reader(",\"stream_options\":{\"include_usage\":true}");
    for (var frame : List.of("data: {\"choices\":[{}],\"usage\":null}\n\n", USAGE)) {
      var bytes = frame.getBytes(UTF_8);
      assertThat(reader.event(bytes)).containsSame(bytes);
    }
    assertThat(reader.usage()).isEqualTo(new TokenUsage(5, 7, 0, 0));
  }

  /** Row U37. */
  @Test
  void the_last_usage_wins_wherever_it_stands() {
    var reader = reader("");
    assertThat(reader.usage().known()).isFalse();
    for (int i = 1; i <= 3; i++) {
      var _ = pass(
          reader,
          "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":" + i
              + "}}\n\n");
      assertThat(reader.usage()).isEqualTo(new TokenUsage(5, i, 0, 0));
    }
    assertThat(pass(reader, DELTA)).isEqualTo(DELTA);
    assertThat(reader.usage()).isEqualTo(new TokenUsage(5, 3, 0, 0));
  }

  /** Row U20. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt_tokens\":-1,\"completion_tokens\":7}|-1|7",
        "{\"prompt_tokens\":5,\"completion_tokens\":99999999999}|5|-1",
        "{\"prompt_tokens\":5.5,\"completion_tokens\":\"7\"}|-1|-1",
        "{\"prompt_tokens\":5,\"completion_tokens\":1e400}|5|-1",
        "{\"prompt_tokens\":null}|-1|-1",
        "{\"prompt_tokens\":0,\"completion_tokens\":0}|0|0",
        "{}|-1|-1",
        "[]|-1|-1",
        "\"x\"|-1|-1",
        "null|-1|-1"
      })
  void usage_that_cannot_be_is_passed_over(String usage, long input, long output) {
    var reader = reader("");
    reader.whole(("{\"choices\":[{}],\"usage\":" + usage + "}").getBytes(UTF_8));
    assertThat(reader.usage()).isEqualTo(new TokenUsage(input, output, 0, 0));
  }

  @Test
  void parts_of_usage_are_read_where_they_can_be() {
    var reader = reader("");
    reader.whole("""
        {"choices":[{}],"usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,
        "prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":15}}}""".getBytes(UTF_8));
    assertThat(reader.usage()).isEqualTo(new TokenUsage(10, 20, 4, 15));
    reader.whole("""
        {"choices":[{}],"usage":{"prompt_tokens":3,"completion_tokens":20,
        "prompt_tokens_details":null,"completion_tokens_details":{"reasoning_tokens":21}}}""".getBytes(UTF_8));
    assertThat(reader.usage()).isEqualTo(new TokenUsage(3, 20, 0, 0));
  }

  /** Rows U17, U18, U19 and U20. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "{\"choices\":[{}]",
        "[]",
        "null",
        "{}",
        "{\"choices\":null}",
        "{\"choices\":{}}",
        "{\"choices\":[]}",
        "{\"error\":{\"message\":\"m\"}}",
        "{\"error\":\"text\",\"choices\":[{}]}"
      })
  void what_is_no_completion_is_refused(String body) {
    var failure =
        catchThrowableOfType(GatewayException.class, () -> reader("").whole(body.getBytes(UTF_8)));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
    assertThat(failure.detail()).isNotNull();
  }

  @Test
  void an_error_of_null_is_none() {
    reader("").whole("{\"error\":null,\"choices\":[{}]}".getBytes(UTF_8));
    var frame = "data: {\"error\":null,\"choices\":[{}]}\n\n";
    assertThat(pass(reader(""), frame)).isEqualTo(frame);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"rate_limit_error\"}|UPSTREAM_RATE_LIMITED|429",
        "{\"code\":\"insufficient_quota\"}|UPSTREAM_RATE_LIMITED|429",
        "{\"code\":429}|UPSTREAM_RATE_LIMITED|429",
        "{\"code\":\"429\"}|UPSTREAM_RATE_LIMITED|429",
        "{\"status\":401}|UPSTREAM_AUTH_ERROR|502",
        "{\"code\":\"invalid_api_key\",\"type\":\"invalid_request_error\"}|UPSTREAM_AUTH_ERROR|502",
        "{\"type\":\"permission_error\"}|UPSTREAM_AUTH_ERROR|502",
        "{\"code\":504}|UPSTREAM_TIMEOUT|504",
        "{\"type\":\"timeout\"}|UPSTREAM_TIMEOUT|504",
        "{\"type\":\"invalid_request_error\",\"code\":null}|UPSTREAM_INVALID_REQUEST|400",
        "{\"code\":\"context_length_exceeded\"}|UPSTREAM_INVALID_REQUEST|400",
        "{\"status_code\":422}|UPSTREAM_INVALID_REQUEST|422",
        "{\"code\":404}|UPSTREAM_INVALID_REQUEST|404",
        "{\"type\":\"server_error\",\"code\":500}|UPSTREAM_UNAVAILABLE|502",
        "{\"type\":\"overloaded_error\"}|UPSTREAM_UNAVAILABLE|502",
        "{}|UPSTREAM_UNAVAILABLE|502",
        "\"plain text\"|UPSTREAM_UNAVAILABLE|502",
        "true|UPSTREAM_UNAVAILABLE|502"
      })
  void an_error_in_the_stream_is_the_failure_it_tells_of(String error, ErrorCode code, int status) {
    var failure = refused(reader(""), "data: {\"error\":" + error + "}\n\n");
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.status()).isEqualTo(status);
    var named = refused(
        reader(""), "event: error\ndata: " + (error.startsWith("{") ? error : "{}") + "\n\n");
    assertThat(named.code())
        .isEqualTo(error.startsWith("{") ? code : ErrorCode.UPSTREAM_UNAVAILABLE);
  }

  @Test
  void the_upstreams_words_are_for_the_log_and_its_keys_for_nobody() {
    var failure = refused(
        reader(""),
        "data: {\"error\":{\"message\":\"host db1 said: bad key sk-abc***xyz, "
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"code\":500}}\n\n");
    assertThat(failure.text()).doesNotContain("db1");
    assertThat(failure.detail()).contains("host db1 said").doesNotContain("sk-abc", "AAAA");
  }

  private static AnswerReader reader(String more) {
    var body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stream\":true" + more + "}";
    return ChatRequest.read(body.getBytes(UTF_8)).reader();
  }

  private static String pass(AnswerReader reader, String frame) {
    return new String(reader.event(frame.getBytes(UTF_8)).orElseThrow(), UTF_8);
  }

  private static GatewayException refused(AnswerReader reader, String frame) {
    var failure =
        catchThrowableOfType(GatewayException.class, () -> reader.event(frame.getBytes(UTF_8)));
    assertThat(failure).as("refusal of %s", frame).isNotNull();
    return failure;
  }
}
