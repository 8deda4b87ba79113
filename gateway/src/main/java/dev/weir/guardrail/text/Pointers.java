package dev.weir.guardrail.text;

import dev.weir.protocol.json.JsonValue;

/** Names a place in a document by a JSON Pointer (RFC 6901), worked out when somebody wants to know. Stateless. */
public final class Pointers {
  private Pointers() {}

  /** The pointer of the value, or of the member whose name, starts at this offset; empty for the document itself. */
  public static String of(JsonValue document, int offset) {
    var pointer = new StringBuilder();
    var value = document;
    while (value.start() < offset) {
      var next = switch (value.type()) {
        case OBJECT -> member(value, offset, pointer);
        case ARRAY -> element(value, offset, pointer);
        default -> value;
      };
      if (next.equals(value)) {
        break;
      }
      value = next;
    }
    return pointer.toString();
  }

  private static JsonValue member(JsonValue object, int offset, StringBuilder pointer) {
    for (var member : object.members()) {
      if (offset < member.valueEnd()) {
        pointer.append('/').append(member.name().replace("~", "~0").replace("/", "~1"));
        return offset < member.valueStart()
            ? new JsonValue(object.document(), offset, member.nameEnd() + 1)
            : member.value();
      }
    }
    return object;
  }

  private static JsonValue element(JsonValue array, int offset, StringBuilder pointer) {
    int i = 0;
    for (var element : array.elements()) {
      if (offset < element.end()) {
        pointer.append('/').append(i);
        return element;
      }
      i++;
    }
    return array;
  }
}
