package dev.weir.guardrail;

/**
 * How much of a growing text must wait, for detectors of short things: what may still become one, and what may still gain a
 * meaning from the words after it. Stateless.
 *
 * <p>A candidate is a word with a digit, an {@code @} or an escape, or one as long as a key. Candidates close to the end
 * wait with what stands right before them; so do capitalised words at the very end, which may begin an address or a name.
 * Prose has few of either and flows word by word.
 */
final class HoldBack {
  /** How far behind a thing a word may stand that changes what it means, in UTF-16 units. */
  static final int CONTEXT = 48;

  /** The longest thing that has white space in it. */
  static final int LONGEST = 96;

  /** The widest gap between two candidates of one thing. */
  static final int GAP = 8;

  /** Longest block that is waited for: beyond it the block counts as ended. */
  static final int LONGEST_BLOCK = 16 << 10;

  private static final String BLOCK_BEGIN = "-----BEGIN";
  private static final String BLOCK_END = "-----END";

  private HoldBack() {}

  static int stableUntil(String text) {
    int length = text.length();
    int at = wordStart(text, length);
    int stable = Math.min(at, block(text));
    boolean tail = true;
    int nearest = length - CONTEXT;
    while (at > 0 && at > length - CONTEXT - LONGEST) {
      int end = spaceStart(text, at);
      int start = wordStart(text, end);
      if (start == end && end == at) {
        // a character that stands alone is a word of its own
        start--;
      }
      tail &= start < end && Character.isUpperCase(text.charAt(start));
      if (start < end && (tail || (end >= nearest && candidate(text, start, end)))) {
        stable = Math.min(stable, start);
        nearest = Math.min(nearest, start - GAP);
      }
      at = start;
    }
    return stable;
  }

  /** The start of the first PEM block that has not ended; the text's length when there is none. */
  private static int block(String text) {
    int begin = text.indexOf(BLOCK_BEGIN);
    while (begin >= 0) {
      int end = text.indexOf(BLOCK_END, begin);
      int close = end < 0 ? -1 : text.indexOf("-----", end + BLOCK_END.length());
      if (close < 0 && text.length() - begin <= LONGEST_BLOCK) {
        return begin;
      }
      begin = text.indexOf(BLOCK_BEGIN, close < 0 ? begin + 1 : close);
    }
    return text.length();
  }

  private static int spaceStart(String text, int end) {
    int i = end;
    while (i > 0 && isSpace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static int wordStart(String text, int end) {
    int i = end;
    while (i > 0 && !isSpace(text.charAt(i - 1)) && !standsAlone(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean candidate(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '@' || c == '%' || c == '&' || c == '\\' || Character.isDigit(c)) {
        return true;
      }
    }
    return end - start >= DecodedViews.SHORTEST_RUN;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00a0';
  }

  /** Characters of scripts that put no spaces between words. */
  private static boolean standsAlone(char c) {
    return (c >= 0x3040 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3);
  }
}
