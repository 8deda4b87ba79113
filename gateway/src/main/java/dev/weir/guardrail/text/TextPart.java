package dev.weir.guardrail.text;

import dev.weir.guardrail.Role;
import dev.weir.protocol.json.JsonValue;

/**
 * One text of a document: a string value, or a member's name. Immutable.
 *
 * @param literal where it stands, its quotes included
 * @param member the name of the member that holds it, or that holds the list it is in
 */
public record TextPart(JsonValue literal, String member, Role role, Writing writing) {
  /** How a text is written down. */
  public enum Writing {
    /** As a JSON string. */
    STRING,
    /** As a JSON string that holds JSON: a tool call's arguments. */
    JSON_IN_STRING
  }

  /** The text as it is read from the literal; JSON inside is still JSON. */
  public String text() {
    return literal.asString();
  }

  /** Whether this is what is said, and not what stands around it: arguments, names, reasoning. */
  public boolean spoken() {
    return switch (member) {
      case "content", "text", "input", "prompt", "output_text" -> writing == Writing.STRING;
      default -> false;
    };
  }

  /** A bound on the text's length that costs nothing to know. */
  public int bytes() {
    return literal.end() - literal.start() - 2;
  }
}
