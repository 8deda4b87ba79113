package dev.weir.guardrail.pii;

import java.util.BitSet;

/**
 * One look over one text: what the scanners share. For one thread.
 *
 * @param text the normalised text
 * @param wanted rows of the table that somebody asked for
 */
record Scan(String text, BitSet wanted, ContextWords.In context, Candidates found) {
  /** The character at an offset; the end of a line outside of the text. */
  char at(int offset) {
    return offset < 0 || offset >= text.length() ? '\n' : text.charAt(offset);
  }

  /** Whether nothing but the range stands in the text, give or take punctuation: a field's bare value. */
  boolean whole(int start, int end) {
    return blank(0, start) && blank(end, text.length());
  }

  private boolean blank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (i - from > 8 || Character.isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
