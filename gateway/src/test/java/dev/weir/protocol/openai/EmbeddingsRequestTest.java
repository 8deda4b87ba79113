package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.openai.EmbeddingsRequest.Encoding;
import dev.weir.protocol.openai.EmbeddingsRequest.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsRequestTest {
  @Test
  void inputs_are_texts_or_tokens() {
    assertThat(read("\"a\\u00e9\"").input()).isEqualTo(new Input.Texts(List.of("aé")));
    assertThat(read("[\"a\",\"b\"]").input()).isEqualTo(new Input.Texts(List.of("a", "b")));
    assertThat(read("[1,2,3]").input()).isEqualTo(new Input.Tokens(1));
    assertThat(read("[[1,2],[3]]").input()).isEqualTo(new Input.Tokens(2));
    assertThat(read("[\"a\",\"b\"]").input().count()).isEqualTo(2);
  }

  /** Row C24. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null|input",
        "true|input",
        "7|input",
        "{}|input",
        "\"\"|input",
        "[]|input",
        "[\"a\",\"\"]|input[1]",
        "[\"a\",1]|input[1]",
        "[1,\"a\"]|input[1]",
        "[[1],2]|input[1]",
        "[[1],[]]|input[1]",
        "[[1],[\"a\"]]|input[1]",
        "[[[1]]]|input[0]",
        "[1,-1]|input[1]",
        "[1,1.5]|input[1]",
        "[null]|input[0]",
        "[{}]|input[0]",
        "[true,true]|input[0]"
      })
  void other_inputs_are_refused_by_their_place(String input, String param) {
    var failure = catchThrowableOfType(GatewayException.class, () -> read(input));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_VALUE);
    assertThat(failure.param()).isEqualTo(param);
  }

  @Test
  void a_request_holds_so_many_inputs_and_no_more() {
    var inputs = "\"a\"," + "\"b\",".repeat(2046);
    assertThat(read("[" + inputs + "\"c\"]").input().count()).isEqualTo(2048);
    var failure =
        catchThrowableOfType(GatewayException.class, () -> read("[" + inputs + "\"c\",\"d\"]"));
    assertThat(failure.param()).isEqualTo("input");
    assertThat(read("[" + "1,".repeat(5000) + "1]").input().count()).isEqualTo(1);
  }

  @Test
  void options_are_read_or_refused() {
    assertThat(read("\"a\"").encoding()).isEqualTo(Encoding.FLOAT);
    assertThat(read("\"a\",\"encoding_format\":null").encoding()).isEqualTo(Encoding.FLOAT);
    assertThat(read("\"a\",\"encoding_format\":\"float\"").encoding()).isEqualTo(Encoding.FLOAT);
    assertThat(read("\"a\",\"encoding_format\":\"base64\"").encoding()).isEqualTo(Encoding.BASE64);
    assertThat(read("\"a\"").dimensions()).isEmpty();
    assertThat(read("\"a\",\"dimensions\":256").dimensions()).hasValue(256);
    for (var wrong : List.of("\"int8\"", "\"\"", "1", "[]", "{}", "true")) {
      assertThat(catchThrowableOfType(
                  GatewayException.class, () -> read("\"a\",\"encoding_format\":" + wrong))
              .param())
          .isEqualTo("encoding_format");
    }
    for (var wrong : List.of("\"256\"", "0", "-1", "2.5", "1e400", "[]", "true")) {
      assertThat(catchThrowableOfType(
                  GatewayException.class, () -> read("\"a\",\"dimensions\":" + wrong))
              .param())
          .isEqualTo("dimensions");
    }
  }

  @Test
  void only_the_models_bytes_change() {
    var json = "{ \"input\":[\"h\\u00e9\"] , \"model\" : \"m\",\"x\":1.0e+5}";
    var bytes = json.getBytes(UTF_8);
    assertThat(EmbeddingsRequest.read(bytes).bodyFor("m")).isSameAs(bytes);
    assertThat(new String(EmbeddingsRequest.read(bytes).bodyFor("k"), UTF_8))
        .isEqualTo(json.replace("\"m\"", "\"k\""));
  }

  @Test
  void an_answers_prompt_is_its_usage() {
    var reader = read("\"a\"").reader();
    assertThat(reader.usage()).isEqualTo(TokenUsage.UNKNOWN);
    reader.whole(
        "{\"data\":[],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}".getBytes(UTF_8));
    assertThat(reader.usage()).isEqualTo(new TokenUsage(8, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"data\":{}}", "{\"error\":{},\"data\":[]}", "[]"})
  void what_is_no_embeddings_answer_is_refused(String body) {
    var failure = catchThrowableOfType(
        GatewayException.class, () -> read("\"a\"").reader().whole(body.getBytes(UTF_8)));
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
  }

  @Test
  void a_stream_is_no_embeddings_answer() {
    var reader = read("\"a\"").reader();
    var failure = catchThrowableOfType(
        GatewayException.class, () -> reader.event("data: {}\n\n".getBytes(UTF_8)));
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
  }

  private static EmbeddingsRequest read(String inputAndMore) {
    return EmbeddingsRequest.read(
        ("{\"model\":\"m\",\"input\":" + inputAndMore + "}").getBytes(UTF_8));
  }
}
