package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.openai.EmbeddingsRequest.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EmbeddingsAnswerTest {
  private static final float[] VECTOR = {0.1f, -1e-20f, 3f, -0f, Float.MIN_VALUE, Float.MAX_VALUE};
  private static final EmbeddingsAnswer ANSWER =
      new EmbeddingsAnswer("weir-minilm-l6", List.of(VECTOR, new float[] {1f}), 9);

  @Test
  void floats_read_back_exactly() {
    var json = JsonMapper.builder().build().readTree(ANSWER.json(Encoding.FLOAT));
    for (int i = 0; i < VECTOR.length; i++) {
      var number = json.at("/data/0/embedding/" + i).asString();
      assertThat(Float.parseFloat(number)).isEqualTo(VECTOR[i]);
    }
    assertThat(json.at("/data/0/embedding").size()).isEqualTo(VECTOR.length);
  }

  @Test
  void base64_holds_little_endian_floats() {
    var json = JsonMapper.builder().build().readTree(ANSWER.json(Encoding.BASE64));
    var bytes = Base64.getDecoder().decode(json.at("/data/0/embedding").stringValue());
    var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (float number : VECTOR) {
      assertThat(floats.get()).isEqualTo(number);
    }
    assertThat(floats.hasRemaining()).isFalse();
  }

  @Test
  void the_document_has_openais_shape() {
    assertThat(new String(
            new EmbeddingsAnswer("m", List.of(new float[] {1f}, new float[] {2f}), 9)
                .json(Encoding.FLOAT),
            UTF_8))
        .isEqualTo("{\"object\":\"list\",\"data\":["
            + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0]},"
            + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2.0]}],"
            + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}");
  }

  @Test
  void our_own_reader_agrees_with_it() {
    var reader = new EmbeddingsAnswerReader();
    reader.whole(ANSWER.json(Encoding.BASE64));
    assertThat(reader.usage()).isEqualTo(new TokenUsage(9, 0, 0, 0));
  }
}
