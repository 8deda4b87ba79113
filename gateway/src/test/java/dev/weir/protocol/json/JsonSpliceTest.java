package dev.weir.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSpliceTest {
  private static final byte[] DIGITS = "0123456789".getBytes(UTF_8);

  @Test
  void without_edits_it_is_the_same_array() {
    assertThat(JsonSplice.of(DIGITS).apply()).isSameAs(DIGITS);
  }

  @Test
  void edits_may_be_told_in_any_order() {
    var splice = JsonSplice.of(DIGITS)
        .insert(10, "z".getBytes(UTF_8))
        .replace(4, 6, "abc".getBytes(UTF_8))
        .remove(1, 2)
        .insert(0, "y".getBytes(UTF_8));
    assertThat(new String(splice.apply(), UTF_8)).isEqualTo("y023abc6789z");
  }

  @Test
  void a_part_is_edited_alone() {
    var splice = JsonSplice.of(DIGITS, 2, 8).remove(3, 5);
    assertThat(new String(splice.apply(), UTF_8)).isEqualTo("2567");
  }

  @Test
  void edits_that_overlap_or_leave_the_document_are_defects() {
    assertThatIllegalStateException()
        .isThrownBy(() -> JsonSplice.of(DIGITS).remove(2, 5).remove(4, 6).apply());
    assertThatIllegalStateException()
        .isThrownBy(() -> JsonSplice.of(DIGITS).remove(8, 11).apply());
    assertThatIllegalStateException()
        .isThrownBy(() -> JsonSplice.of(DIGITS, 3, 5).insert(2, DIGITS).apply());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ \"a\" : 1 , \"b\" : 2 , \"c\" : 3 }|0|{ \"b\" : 2 , \"c\" : 3 }",
        "{ \"a\" : 1 , \"b\" : 2 , \"c\" : 3 }|1|{ \"a\" : 1 , \"c\" : 3 }",
        "{ \"a\" : 1 , \"b\" : 2 , \"c\" : 3 }|2|{ \"a\" : 1 , \"b\" : 2 }",
        "{\"a\":null}|0|{}"
      })
  void a_member_goes_with_its_comma(String json, int position, String expected) {
    var bytes = json.getBytes(UTF_8);
    var result =
        JsonSplice.of(bytes).removeMember(JsonObject.read(bytes), position).apply();
    assertThat(new String(result, UTF_8)).isEqualTo(expected);
  }
}
