package dev.weir.guardrail.text;

import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Edits of a text that was read from JSON inside a string, as edits of that JSON, which stays valid. Stateless. */
public final class InnerEdits {
  private InnerEdits() {}

  /**
   * The same edits in terms of the JSON: never across a quote, escaped inside strings, quoted outside of them.
   *
   * @param atStart whether the JSON begins inside a string
   */
  public static List<TextEdit> of(
      String json, InnerJson read, boolean atStart, List<TextEdit> edits) {
    var result = new ArrayList<TextEdit>(edits.size());
    for (var edit : edits) {
      int start = edit.start();
      boolean first = true;
      while (start < edit.end()) {
        int end = start;
        while (end < edit.end() && !quote(json, read, end)) {
          end++;
        }
        if (end > start) {
          result.add(piece(json, read, atStart, new TextEdit(start, end, first ? edit.with() : "")));
          first = false;
        }
        start = end + 1;
      }
    }
    return result;
  }

  private static TextEdit piece(String json, InnerJson read, boolean atStart, TextEdit edit) {
    int start = read.starts()[edit.start()];
    boolean inside = InnerJson.insideAt(json, start, atStart);
    var quoted = new String(JsonWriter.string(edit.with()), StandardCharsets.UTF_8);
    return new TextEdit(
        start,
        read.starts()[edit.end()],
        inside ? quoted.substring(1, quoted.length() - 1) : quoted);
  }

  private static boolean quote(String json, InnerJson read, int at) {
    return json.charAt(read.starts()[at]) == '"';
  }
}
