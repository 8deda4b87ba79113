package dev.weir.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void commas_come_by_themselves() {
    var json = new JsonWriter()
        .object()
        .name("a")
        .value(1)
        .name("b")
        .array()
        .value("x")
        .value(2.5f);
    json.object().endObject().nullValue().raw("[0]".getBytes(UTF_8)).endArray();
    json.name("c").value("").endObject();
    assertThat(new String(json.bytes(), UTF_8))
        .isEqualTo("{\"a\":1,\"b\":[\"x\",2.5,{},null,[0]],\"c\":\"\"}");
  }

  @Test
  void every_string_is_read_back_as_it_was() {
    var all = new StringBuilder();
    for (int c = 0; c < 0x10000; c += c < 0x900 ? 1 : 7) {
      all.append((char) c).append('x');
    }
    all.append("😀\udbff\udfff").append('\ud800');
    var written = new String(JsonWriter.string(all.toString()), UTF_8);
    var document = JsonObject.read(("{\"a\":" + written + "}").getBytes(UTF_8));
    assertThat(document.member(0).value().asString()).isEqualTo(all.toString());
  }

  @Test
  void only_what_must_be_is_escaped() {
    assertThat(new String(JsonWriter.string("é/漢😀\"\\\n\r\t\0\u001f\ud800"), UTF_8))
        .isEqualTo("\"é/漢😀\\\"\\\\\\n\\r\\t\\u0000\\u001f\\ud800\"");
  }

  @Test
  void json_has_no_infinity() {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().value(Float.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonWriter().value(Float.NEGATIVE_INFINITY));
  }
}
