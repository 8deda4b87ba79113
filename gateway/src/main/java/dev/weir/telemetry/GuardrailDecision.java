package dev.weir.telemetry;

/**
 * One find that a rule minded, as it is recorded: where it stood, never what it was. Immutable.
 *
 * @param action what was done: shadow, flag, redact, block, error when it could not be looked for, or uninspected when the text was too
 *     large or no text
 * @param pointer the place in the document (RFC 6901); empty for streams
 * @param start offset of its first UTF-16 unit in the text at that place
 * @param end offset behind its last
 * @param profile the profile whose rule it was, as {@code id@version}
 * @param level where that profile was named
 */
public record GuardrailDecision(
    String guardrail,
    String action,
    String direction,
    double score,
    String pointer,
    int start,
    int end,
    String profile,
    String level) {}
