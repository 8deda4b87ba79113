package dev.weir.protocol.conversation;

import java.util.Optional;

/** The form the answer must have. */
public sealed interface OutputFormat {
  record PlainText() implements OutputFormat {}

  /** Any JSON object. */
  record JsonObject() implements OutputFormat {}

  /** @param schema a JSON Schema as the client wrote it, byte for byte */
  record JsonSchema(String name, byte[] schema, Optional<Boolean> strict) implements OutputFormat {}
}
