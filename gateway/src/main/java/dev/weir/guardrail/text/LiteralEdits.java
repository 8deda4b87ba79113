package dev.weir.guardrail.text;

import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.JsonWriter;
import java.util.Arrays;
import java.util.List;

/** Edits of a string's text as edits of the document's bytes: whatever is not edited keeps its bytes and its escapes. Stateless. */
public final class LiteralEdits {
  private LiteralEdits() {}

  /**
   * Adds the edits to a splice.
   *
   * @param edits in order, none over another
   */
  public static void add(JsonValue literal, List<TextEdit> edits, JsonSplice splice) {
    byte[] in = literal.document();
    int at = literal.start() + 1;
    int unit = 0;
    for (var edit : edits) {
      while (unit < edit.start()) {
        unit += units(in, at);
        at += length(in, at);
      }
      int start = at;
      while (unit < edit.end()) {
        unit += units(in, at);
        at += length(in, at);
      }
      byte[] quoted = JsonWriter.string(edit.with());
      splice.replace(start, at, Arrays.copyOfRange(quoted, 1, quoted.length - 1));
    }
  }

  /** Bytes of the character or escape that starts here. */
  private static int length(byte[] in, int at) {
    int lead = in[at] & 0xff;
    if (lead == '\\') {
      return in[at + 1] == 'u' ? 6 : 2;
    }
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }

  /** UTF-16 units of the same. */
  private static int units(byte[] in, int at) {
    return (in[at] & 0xff) >= 0xf0 ? 2 : 1;
  }
}
