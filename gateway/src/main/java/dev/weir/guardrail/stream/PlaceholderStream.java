package dev.weir.guardrail.stream;

import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Turns placeholders in a text that is still being written back into what they stand for. Not thread-safe. */
final class PlaceholderStream {
  private final Map<String, String> values;
  private final Channel.Writing writing;
  private final StringBuilder held = new StringBuilder();

  PlaceholderStream(Map<String, String> values, Channel.Writing writing) {
    this.values = values;
    this.writing = writing;
  }

  /** What may be sent now: all but the beginning of what may become a placeholder. */
  String push(String more) {
    if (values.isEmpty()) {
      return more;
    }
    held.append(more);
    var out = new StringBuilder(held.length());
    int at = 0;
    while (at < held.length()) {
      int open = held.indexOf("[", at);
      if (open < 0) {
        break;
      }
      out.append(held, at, open);
      at = open;
      var name = nameAt(open);
      if (!name.isEmpty()) {
        out.append(value(name));
        at += name.length();
      } else if (mayBecome(open)) {
        held.delete(0, open);
        return out.toString();
      } else {
        out.append('[');
        at++;
      }
    }
    out.append(held, at, held.length());
    held.setLength(0);
    return out.toString();
  }

  /** The rest. */
  String end() {
    var rest = held.toString();
    held.setLength(0);
    return rest;
  }

  private String nameAt(int open) {
    for (var name : values.keySet()) {
      if (held.length() - open >= name.length() && held.indexOf(name, open) == open) {
        return name;
      }
    }
    return "";
  }

  private boolean mayBecome(int open) {
    var rest = held.substring(open);
    return values.keySet().stream().anyMatch(name -> name.startsWith(rest));
  }

  private String value(String name) {
    var value = values.getOrDefault(name, name);
    if (writing == Channel.Writing.TEXT) {
      return value;
    }
    var quoted = new String(JsonWriter.string(value), StandardCharsets.UTF_8);
    return quoted.substring(1, quoted.length() - 1);
  }
}
