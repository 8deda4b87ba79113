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
          piece(json, read, atStart, new TextEdit(start, end, first ? edit.with() : ""), result);
          first = false;
        }
        start = end + 1;
      }
    }
    return result;
  }

  private static void piece(
      String json, InnerJson read, boolean atStart, TextEdit edit, List<TextEdit> result) {
    int start = read.starts()[edit.start()];
    int end = read.starts()[edit.end()];
    var quoted = new String(JsonWriter.string(edit.with()), StandardCharsets.UTF_8);
    if (InnerJson.insideAt(json, start, atStart)) {
      result.add(new TextEdit(start, end, quoted.substring(1, quoted.length() - 1)));
    } else {
      numbers(json, start, end, quoted, result);
    }
  }

  /** Outside of strings only numbers can go, each as a whole: what stands between them is the structure. */
  private static void numbers(
      String json, int start, int end, String quoted, List<TextEdit> result) {
    int i = start;
    while (i < end) {
      if (!Character.isDigit(json.charAt(i))) {
        i++;
        continue;
      }
      int first = i;
      while (first > 0 && ofNumber(json.charAt(first - 1))) {
        first--;
      }
      while (i < json.length() && ofNumber(json.charAt(i))) {
        i++;
      }
      result.add(new TextEdit(first, i, quoted));
    }
  }

  private static boolean ofNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private static boolean quote(String json, InnerJson read, int at) {
    return json.charAt(read.starts()[at]) == '"';
  }
}
