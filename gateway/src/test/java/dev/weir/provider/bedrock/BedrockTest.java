package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.fake.EventStreamBytes;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import dev.weir.provider.ProviderCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockTest {
  private static final BedrockTranslator BEDROCK = new BedrockTranslator("eu-central-1");
  private static final Instant AT = Instant.ofEpochSecond(1_764_000_000);
  private static final String STREAM = """
      event: messageStart
      data: {"role":"assistant"}

      event: contentBlockDelta
      data: {"contentBlockIndex":0,"delta":{"text":"Hi"}}

      """;

  private static ProviderCall call(String model, String more) {
    var body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]" + more + "}";
    return BEDROCK.call(ChatRequest.read(body.getBytes(UTF_8)), model, AT);
  }

  private static ErrorCode code(Runnable step) {
    var codes = new ArrayList<ErrorCode>();
    assertThatThrownBy(step::run)
        .isInstanceOfSatisfying(GatewayException.class, failure -> codes.add(failure.code()));
    return codes.getFirst();
  }

  @Test
  void a_models_identifier_is_one_segment_of_the_path() {
    assertThat(call("anthropic.claude-v1:0", "").path())
        .isEqualTo("/model/anthropic.claude-v1%3A0/converse");
    assertThat(call("arn:aws:bedrock:x/y", ",\"stream\":true").path())
        .isEqualTo("/model/arn%3Aaws%3Abedrock%3Ax%2Fy/converse-stream");
  }

  @Test
  void an_api_key_goes_as_a_bearer() {
    assertThat(BEDROCK.present(new Credential("c", "key")))
        .isEqualTo(new Presentation.Fixed(List.of(Map.entry("authorization", "Bearer key"))));
  }

  /** Every byte of a stream counts: whichever is changed, the stream is refused or waits for its end. */
  @Test
  void a_damaged_message_is_never_read() {
    var good = EventStreamBytes.of(STREAM);
    for (var at = 0; at < good.length; at++) {
      var bad = good.clone();
      bad[at] ^= 0x10;
      var splitter = new EventStreamSplitter();
      var whole = new ArrayList<byte[]>();
      try {
        splitter.feed(bad, whole::add);
        assertThat(splitter.remainder()).as("byte %d", at).isTrue();
      } catch (GatewayException damaged) {
        assertThat(damaged.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
      }
      assertThat(whole).as("byte %d", at).hasSizeLessThan(2);
    }
  }

  @Test
  void a_message_of_absurd_length_is_refused_at_its_prelude() {
    var crc = new java.util.zip.CRC32();
    var prelude = java.nio.ByteBuffer.allocate(12).putInt(1 << 30).putInt(0);
    crc.update(prelude.array(), 0, 8);
    prelude.putInt((int) crc.getValue());
    assertThat(code(() -> new EventStreamSplitter().feed(prelude.array(), _ -> {})))
        .isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException,UPSTREAM_RATE_LIMITED",
    "validationException,UPSTREAM_INVALID_REQUEST",
    "modelStreamErrorException,UPSTREAM_UNAVAILABLE",
    "internalServerException,UPSTREAM_UNAVAILABLE",
    "serviceUnavailableException,UPSTREAM_UNAVAILABLE",
    "modelTimeoutException,UPSTREAM_TIMEOUT"
  })
  void an_exception_inside_a_stream_is_a_failure(String type, ErrorCode code) {
    var reader = call("m", ",\"stream\":true").reader();
    var frame = EventStreamBytes.exception(type, "{\"message\":\"no\"}");
    assertThat(code(() -> reader.event(frame))).isEqualTo(code);
  }

  /** Row U14. */
  @Test
  void a_stream_without_a_reason_is_not_complete() {
    var reader = call("m", ",\"stream\":true").reader();
    new EventStreamSplitter().feed(EventStreamBytes.of(STREAM), frame -> {
      var _ = reader.event(frame);
    });
    assertThat(reader.end()).isEmpty();
    assertThat(reader.complete()).isFalse();
  }

  @Test
  void claude_thinks_by_a_budget_or_an_effort_and_others_in_their_own_fields() {
    var effort = ",\"reasoning_effort\":\"low\",\"temperature\":0.5,\"max_tokens\":10";
    assertThat(sent("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", effort))
        .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}")
        .contains("\"maxTokens\":1034")
        .doesNotContain("temperature");
    assertThat(sent("anthropic.claude-opus-4-7", effort))
        .contains("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"low\"}");
    assertThat(sent("openai.gpt-oss-120b-1:0", effort)).contains("\"reasoning_effort\":\"low\"");
    assertThat(sent("us.amazon.nova-2-lite-v1:0", effort))
        .contains("\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"low\"}");
    assertThat(sent("meta.llama3", effort)).doesNotContain("additionalModelRequestFields");
  }

  private static String sent(String model, String more) {
    return new String(call(model, more).body(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.org/a.png", "data:text/x;base64,AA=="})
  void what_cannot_be_said_names_the_field(String url) {
    var body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
            + "\"image_url\":{\"url\":\"" + url + "\"}}]}]}";
    assertThat(code(() -> BEDROCK.call(ChatRequest.read(body.getBytes(UTF_8)), "m", AT)))
        .isEqualTo(ErrorCode.INVALID_VALUE);
    assertThat(code(() -> call("m", ",\"n\":2"))).isEqualTo(ErrorCode.INVALID_VALUE);
  }

  @Test
  void a_prompt_that_is_too_long_is_told_in_openais_word() {
    var error =
        BEDROCK.error("{\"message\":\"Input is too long for requested model.\"}".getBytes(UTF_8));
    assertThat(error.reason()).contains("context_length_exceeded");
  }
}
