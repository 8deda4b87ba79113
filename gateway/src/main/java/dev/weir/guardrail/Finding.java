package dev.weir.guardrail;

/**
 * One thing found in a text. Immutable.
 *
 * @param guardrail the dotted id of what was found: {@code pii.email}
 * @param start offset of its first UTF-16 unit in the text as it was given
 * @param end offset behind its last one
 * @param score 0 to 1: how sure; 1.0 with a checksum, 0.6 with the structure alone
 */
public record Finding(String guardrail, int start, int end, double score) {}
