package dev.weir.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|0|empty",
        "`  `|2|empty",
        "{|1|member's name",
        "{\"a\"|4|colon",
        "{\"a\":|5|too early",
        "{\"a\":1|6|comma or }",
        "{\"a\":1,|7|member's name",
        "{\"a\":1,}|7|member's name",
        "{,}|1|member's name",
        "{a:1}|1|member's name",
        "{'a':1}|1|member's name",
        "{\"a\" 1}|5|colon",
        "{\"a\":1 \"b\":2}|7|comma or }",
        "{\"a\":[1 2]}|8|comma or ]",
        "{\"a\":[1,]}|8|value belongs",
        "{\"a\":[}|6|value belongs",
        "{\"a\":[1}|7|comma or ]",
        "{\"a\":\"x}|5|not closed",
        "{\"a\":\"\\x\"}|6|unknown escape",
        "{\"a\":\"\\u12G4\"}|6|hexadecimal",
        "{\"a\":\"\\u12|6|hexadecimal",
        "{\"a\":\"\\|6|cut short",
        "{\"a\":NaN}|5|value belongs",
        "{\"a\":-Infinity}|6|digit",
        "{\"a\":+1}|5|value belongs",
        "{\"a\":01}|5|start with a zero",
        "{\"a\":-01}|6|start with a zero",
        "{\"a\":1.}|7|digit",
        "{\"a\":.5}|5|value belongs",
        "{\"a\":1e}|7|digit",
        "{\"a\":1e+}|8|digit",
        "{\"a\":-}|6|digit",
        "{\"a\":0x10}|6|comma or }",
        "{\"a\":tru}|5|value belongs",
        "{\"a\":nulL}|5|value belongs",
        "{\"a\":truefalse}|9|comma or }",
        "{\"a\":1}{}|7|after the document",
        "{\"a\":1} x|8|after the document",
        "{\"a\":1},|7|after the document",
        "{\"a\":1}// c|7|after the document",
        "/* c */{}|0|value belongs",
        "{/**/}|1|member's name",
        "{\"a\":1,\"a\":2}|7|duplicate key",
        "{\"a\":1,\"\\u0061\":2}|7|duplicate key",
        "{\"é\":1,\"\\u00E9\":2}|8|duplicate key",
        "{\"😀\":1,\"\\ud83d\\ude00\":2}|10|duplicate key",
        "{\"\\ud800\":1,\"\\uD800\":2}|12|duplicate key",
        "{\"\":1,\"\":2}|6|duplicate key",
        "{\"x\":[{\"a\":1,\"b\":{},\"a\":2}]}|20|duplicate key",
        "{\"__proto__\":1,\"__proto__\":1}|15|duplicate key"
      })
  void what_is_no_strict_json_is_refused_with_its_place(String json, int at, String reason) {
    var failure = refused(json.getBytes(UTF_8));
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_JSON);
    assertThat(failure.text()).contains(reason).contains("(byte " + at + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \t\r\n{ } \n",
        "{\"a\":1,\"A\":2,\"a \":3,\"\":4}",
        "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}},\"b\":{\"a\":1}}",
        "{\"a\":[0,-0,0.0,1e400,1E-400,-1.5e+3,123456789012345678901234567890]}",
        "{\"a\":[[],{},\"\",null,true,false]}",
        "{\"\\ud800\":1,\"\\ud801\":2}",
        "{\"a\":\"\\ud800 \\u0000 \\/ \\b\\f\\n\\r\\t \\\\ \\\"\"}",
        "{\"a\":\"\u007f \u0080 \u07ff \u0800 \uffff \ud800\udc00 \udbff\udfff\"}"
      })
  void what_the_grammar_allows_passes(String json) {
    assertThat(JsonObject.read(json.getBytes(UTF_8)).document()).isEqualTo(json.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0 80",
        "c1 bf",
        "e0 80 80",
        "e0 9f bf",
        "ed a0 80",
        "ed bf bf",
        "f0 80 80 80",
        "f0 8f bf bf",
        "f4 90 80 80",
        "f5 80 80 80",
        "f8 88 80 80 80",
        "fe",
        "ff",
        "c2",
        "e2 82",
        "f0 9f 98",
        "c2 41",
        "e2 28 a1",
        "e2 82 28",
        "f0 9f 98 28",
        "ed a0 bd ed b8 80"
      })
  void invalid_utf8_is_refused_at_its_first_byte(String hex) {
    var bad = new String(HexFormat.ofDelimiter(" ").parseHex(hex), ISO_8859_1);
    for (var before : new String[] {"", "abcdefg", "abcdefghijk"}) {
      var failure = refused(("{\"a\":\"" + before + bad + "\"}").getBytes(ISO_8859_1));
      assertThat(failure.text())
          .contains("invalid UTF-8")
          .contains("byte " + (6 + before.length()));
      assertThat(refused(("{\"" + bad + "\":1}").getBytes(ISO_8859_1)).text())
          .contains("invalid UTF-8");
    }
  }

  @Test
  void every_control_character_must_be_escaped() {
    for (int c = 0; c < 0x20; c++) {
      assertThat(
              refused(("{\"a\":\"12345678" + (char) c + "\"}").getBytes(UTF_8)).text())
          .contains("control character")
          .contains("byte 14");
    }
  }

  @Test
  void other_encodings_and_byte_order_marks_are_refused() {
    assertThat(refused("\ufeff{}".getBytes(UTF_8)).text()).contains("byte order mark");
    assertThat(refused("{}".getBytes(UTF_16BE)).text()).contains("not UTF-8");
    assertThat(refused("{}".getBytes(UTF_16LE)).text()).contains("not UTF-8");
    assertThat(refused("\ufeff{}".getBytes(UTF_16BE)).text()).contains("not UTF-8");
    assertThat(refused("\ufeff{}".getBytes(UTF_16LE)).text()).contains("not UTF-8");
    assertThat(refused("{}".getBytes(Charset.forName("UTF-32BE"))).text()).contains("not UTF-8");
    assertThat(refused("{}".getBytes(Charset.forName("UTF-32LE"))).text()).contains("not UTF-8");
  }

  @Test
  void valid_json_that_is_no_object_is_a_wrong_value() {
    for (var json : new String[] {"[]", "null", "1", "\"x\"", " true "}) {
      assertThat(refused(json.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.INVALID_VALUE);
    }
  }

  @Test
  void nesting_ends_at_its_limit() {
    var deepest = "{\"a\":" + "[".repeat(127) + "]".repeat(127) + "}";
    assertThat(JsonObject.read(deepest.getBytes(UTF_8)).size()).isEqualTo(1);
    var deeper = "{\"a\":" + "[".repeat(128) + "]".repeat(128) + "}";
    assertThat(refused(deeper.getBytes(UTF_8)).text()).contains("128 levels (byte 132)");
    var objects = "{\"a\":".repeat(129) + "1" + "}".repeat(129);
    assertThat(refused(objects.getBytes(UTF_8)).text()).contains("128 levels (byte 640)");
  }

  /** Row C20. */
  @Test
  void monsters_are_read_or_refused_at_once() {
    assertTimeout(SOON, () -> {
      assertThat(refused("[".repeat(100_000).getBytes(UTF_8)).text()).contains("128 levels");
      assertThat(refused("{\"a\":".repeat(100_000).getBytes(UTF_8)).text()).contains("128 levels");
      var number = JsonObject.read(("{\"a\":" + "7".repeat(100_000) + "}").getBytes(UTF_8));
      assertThat(number.member(0).value().asLong()).isEmpty();
      var text = "x".repeat(5_000_000);
      var string = JsonObject.read(("{\"a\":\"" + text + "\"}").getBytes(UTF_8));
      assertThat(string.member(0).value().asString()).isEqualTo(text);
    });
  }

  @Test
  void a_hundred_thousand_keys_are_told_apart_even_when_they_look_alike() {
    // the same length, beginning and end: a weak hash or a linear search would take minutes
    var keys = new ArrayList<String>();
    for (int i = 0; i < 100_000; i++) {
      keys.add(String.format("\"aaaaaaaaaaaa%06daaaaaaaaaaaa\":0", i));
    }
    var all = String.join(",", keys);
    assertTimeout(SOON, () -> {
      assertThat(JsonObject.read(("{" + all + "}").getBytes(UTF_8)).size()).isEqualTo(100_000);
      var twice = "{\"x\":{" + all + "," + keys.get(50_000) + "}}";
      assertThat(refused(twice.getBytes(UTF_8)).text()).contains("duplicate key");
    });
  }

  @Test
  void a_duplicate_is_found_among_any_number_of_keys() {
    for (int size = 1; size < 200; size++) {
      var json = new StringBuilder("{\"outer\":0,\"inner\":{\"k0\":{\"k0\":[{\"k0\":0}]}");
      for (int i = 1; i < size; i++) {
        json.append(",\"k").append(i).append("\":").append(i);
      }
      assertThat(JsonObject.read((json + "}}").getBytes(UTF_8)).size()).isEqualTo(2);
      for (int again : new int[] {0, size / 2, size - 1}) {
        // written with an escape, so that only its meaning is the same
        var twice = json + ",\"\\u006b" + again + "\":1}}";
        assertThat(refused(twice.getBytes(UTF_8)).text()).contains("duplicate key");
      }
    }
  }

  @Test
  void members_are_found_by_name_however_it_is_written() {
    var object =
        JsonObject.read("{ \"mod\\u0065l\" : \"m\" , \"models\":1,\"n\":[ 1 ]}".getBytes(UTF_8));
    assertThat(object.indexOf("model")).isZero();
    assertThat(object.member(0).name()).isEqualTo("model");
    assertThat(object.find("n"))
        .isNotNull()
        .extracting(v -> new String(v.bytes(), UTF_8))
        .isEqualTo("[ 1 ]");
    assertThat(object.find("mode")).isNull();
    assertThat(object.find("mod\\u0065l")).isNull();
  }

  @Test
  void a_part_of_an_array_is_a_document_of_its_own() {
    var array = "data: {\"a\":12}\n\n".getBytes(UTF_8);
    var object = JsonObject.read(array, 6, array.length - 2);
    assertThat(object.find("a")).isEqualTo(new JsonValue(array, 11, 13));
    var failure = catchThrowableOfType(
        GatewayException.class, () -> JsonObject.read(array, 6, array.length - 3));
    assertThat(failure.text()).contains("byte 7");
  }

  @Test
  void no_failure_repeats_the_text() {
    var failure = refused("{\"secret\":1,\"secret\":2}".getBytes(UTF_8));
    assertThat(failure.text() + failure.detail()).doesNotContain("secret");
  }

  private static GatewayException refused(byte[] json) {
    var failure = catchThrowableOfType(GatewayException.class, () -> JsonObject.read(json));
    assertThat(failure)
        .as("refusal of %s", new String(json, 0, Math.min(80, json.length), UTF_8))
        .isNotNull();
    return failure;
  }
}
