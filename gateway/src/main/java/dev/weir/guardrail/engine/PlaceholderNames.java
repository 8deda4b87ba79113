package dev.weir.guardrail.engine;

import dev.weir.guardrail.text.TextEdit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds placeholders in an answer. Stateless. */
final class PlaceholderNames {
  private PlaceholderNames() {}

  /** Adds an edit for each placeholder of the text that no other edit touches, and puts all in order. */
  static void restore(String text, Map<String, String> values, List<TextEdit> edits) {
    if (values.isEmpty()) {
      return;
    }
    int at = text.indexOf('[');
    while (at >= 0) {
      int end = text.indexOf(']', at) + 1;
      var value = end > at ? values.get(text.substring(at, end)) : null;
      if (value != null) {
        int start = at;
        if (edits.stream().noneMatch(edit -> edit.start() < end && start < edit.end())) {
          edits.add(new TextEdit(at, end, value));
        }
      }
      at = text.indexOf('[', at + 1);
    }
    edits.sort(Comparator.comparingInt(TextEdit::start));
  }
}
