package dev.weir.store;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares documents by what they say. Stateless. */
final class Documents {
  private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  };

  private Documents() {}

  /** Whether a row's document has the wanted values, as far as it shows those fields. */
  static boolean say(ObjectNode document, ObjectNode wanted) {
    return wanted.properties().stream()
        .filter(member -> document.has(member.getKey()))
        .allMatch(member -> same(document.get(member.getKey()), member.getValue()));
  }

  private static boolean same(JsonNode held, JsonNode wanted) {
    return held.equals(BY_VALUE, wanted) || sameTime(held, wanted);
  }

  private static boolean sameTime(JsonNode held, JsonNode wanted) {
    if (!held.isString() || !wanted.isString()) {
      return false;
    }
    try {
      return OffsetDateTime.parse(held.asString()).isEqual(OffsetDateTime.parse(wanted.asString()));
    } catch (DateTimeException _) {
      return false;
    }
  }
}
