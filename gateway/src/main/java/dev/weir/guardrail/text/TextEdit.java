package dev.weir.guardrail.text;

/**
 * What takes the place of a part of a text. Immutable.
 *
 * @param start offset of the first UTF-16 unit that goes
 * @param end offset behind the last
 */
public record TextEdit(int start, int end, String with) {}
