package dev.weir.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonValueTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "-12",
        "9223372036854775807",
        "-9223372036854775808",
        "1000000000000000000"
      })
  void integers_of_64_bits_are_exact(String number) {
    assertThat(value(number).asLong()).isEqualTo(OptionalLong.of(Long.parseLong(number)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "1.0",
        "1e2",
        "-0.0",
        "\"1\"",
        "null",
        "true",
        "[1]"
      })
  void what_is_no_such_integer_is_none(String json) {
    assertThat(value(json).asLong()).isEmpty();
  }

  @Test
  void types_are_told_by_the_first_byte() {
    assertThat(value("{}").type()).isEqualTo(JsonValue.Type.OBJECT);
    assertThat(value("[]").type()).isEqualTo(JsonValue.Type.ARRAY);
    assertThat(value("\"\"").type()).isEqualTo(JsonValue.Type.STRING);
    assertThat(value("-1").type()).isEqualTo(JsonValue.Type.NUMBER);
    assertThat(value("true").asBoolean()).isTrue();
    assertThat(value("false").asBoolean()).isFalse();
    assertThat(value("null").isNull()).isTrue();
  }

  @Test
  void a_value_of_another_type_is_not_read() {
    assertThatIllegalStateException().isThrownBy(() -> value("1").asString());
    assertThatIllegalStateException().isThrownBy(() -> value("1").asBoolean());
    assertThatIllegalStateException().isThrownBy(() -> value("{}").elements());
    assertThatIllegalStateException().isThrownBy(() -> value("[]").members());
    assertThat(value("[]").find("a")).isNull();
  }

  @Test
  void escapes_are_read() {
    assertThat(value("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9é\\ud83d\\ude00😀\\ud800\"")
            .asString())
        .isEqualTo("a\"\\/\b\f\n\r\t\0éé😀😀\ud800");
  }

  @Test
  void emptiness_ignores_spaces() {
    assertThat(value("[ \n]").isEmpty()).isTrue();
    assertThat(value("{ }").isEmpty()).isTrue();
    assertThat(value("[0]").isEmpty()).isFalse();
    assertThat(value("\"\"").isEmpty()).isFalse();
    assertThat(value("\"\"").isEmptyString()).isTrue();
  }

  @Test
  void walking_random_documents_finds_what_jackson_finds() {
    var mapper = JsonMapper.builder().build();
    var json = new RandomJson(3);
    for (int i = 0; i < 2_000; i++) {
      // numbers aside, which Jackson turns into doubles
      var text = json.array(5).replaceAll("1E400|-1e-400", "1");
      compare(value(text), mapper.readTree(text));
    }
  }

  private static void compare(JsonValue ours, JsonNode theirs) {
    switch (ours.type()) {
      case OBJECT -> {
        var names = new ArrayList<String>();
        for (var member : ours.members()) {
          names.add(member.name());
          compare(member.value(), theirs.get(member.name()));
        }
        assertThat(names).containsExactlyElementsOf(theirs.propertyNames());
      }
      case ARRAY -> {
        int i = 0;
        for (var element : ours.elements()) {
          compare(element, theirs.get(i++));
        }
        assertThat(i).isEqualTo(theirs.size());
      }
      case STRING -> assertThat(ours.asString()).isEqualTo(theirs.stringValue());
      case NUMBER -> assertThat(theirs.isNumber()).isTrue();
      case BOOLEAN -> assertThat(ours.asBoolean()).isEqualTo(theirs.booleanValue());
      case NULL -> assertThat(theirs.isNull()).isTrue();
    }
  }

  private static JsonValue value(String json) {
    return JsonObject.read(("{\"v\" : " + json + " }").getBytes(UTF_8))
        .member(0)
        .value();
  }
}
