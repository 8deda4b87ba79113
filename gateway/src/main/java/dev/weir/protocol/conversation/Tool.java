package dev.weir.protocol.conversation;

import java.util.Optional;

/**
 * A function the model may ask for.
 *
 * @param parameters a JSON Schema as the client wrote it, byte for byte
 * @param strict whether arguments must hold to the schema, where the client says so
 */
public record Tool(
    String name, Optional<String> description, byte[] parameters, Optional<Boolean> strict) {}
