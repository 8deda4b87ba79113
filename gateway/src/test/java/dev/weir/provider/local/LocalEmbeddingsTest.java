package dev.weir.provider.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalEmbeddingsTest {
  private static MiniLm model;
  private static LocalEmbeddings provider;

  @BeforeAll
  static void load() {
    model = MiniLm.load();
    provider = new LocalEmbeddings(Runnable::run);
  }

  @Test
  void words_are_cut_as_bert_cuts_them() {
    // 7592, 2088 and 999 are "hello", "world" and "!" in bert-base-uncased's vocabulary
    assertThat(model.tokens("Héllo,  WORLD!")).containsExactly(101, 7592, 1010, 2088, 999, 102);
    assertThat(WordPiece.words("漢字ab c\u0000d")).containsExactly("漢", "字", "ab", "cd");
    assertThat(model.tokens("embeddings")).hasSizeGreaterThan(3);
  }

  @Test
  void what_means_the_same_is_near() throws InterruptedException {
    var cat = vector("A cat sits on the mat.");
    var kitten = vector("A kitten is lying on a rug.");
    var invoice = vector("The invoice is due at the end of the quarter.");
    assertThat(cosine(cat, kitten)).isGreaterThan(cosine(cat, invoice) + 0.3);
    assertThat(cosine(cat, cat)).isCloseTo(1.0, org.assertj.core.data.Offset.offset(1e-4));
  }

  @Test
  void the_answer_has_openais_shape_in_both_encodings() {
    assertThat(answer("{\"model\":\"weir-minilm-l6\",\"input\":[\"a\",\"b c\"]}"))
        .contains("\"object\":\"list\"")
        .contains("\"index\":1")
        .contains("\"usage\":{\"prompt_tokens\":7");
    assertThat(
            answer("{\"model\":\"weir-minilm-l6\",\"input\":\"a\",\"encoding_format\":\"base64\","
                + "\"dimensions\":3}"))
        .containsPattern("\"embedding\":\"[A-Za-z0-9+/]{16}\"");
  }

  @Test
  void what_it_cannot_do_is_refused_by_field() {
    refused("{\"model\":\"m\",\"input\":\"a\",\"dimensions\":385}", "dimensions");
    refused("{\"model\":\"m\",\"input\":[1,2]}", "input");
    refused("{\"model\":\"m\",\"input\":\"" + "word ".repeat(300) + "\"}", "input");
  }

  private static void refused(String body, String param) {
    assertThatThrownBy(() -> answer(body))
        .isInstanceOfSatisfying(
            GatewayException.class, failure -> assertThat(failure.param()).isEqualTo(param));
  }

  private static String answer(String body) {
    var reply = provider.answer(Operation.EMBEDDINGS, "weir-minilm-l6", body.getBytes(UTF_8));
    return new String(((Reply.Whole) reply).body(), UTF_8);
  }

  private static float[] vector(String text) throws InterruptedException {
    return MiniLm.unit(model.embed(List.copyOf(model.tokens(text))), MiniLm.DIMENSIONS);
  }

  private static double cosine(float[] one, float[] other) {
    var sum = 0.0;
    for (var i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
