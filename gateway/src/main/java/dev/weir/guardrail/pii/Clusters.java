package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;

/**
 * Gathers words that may belong to one identifier: a word with digits, what is joined to it by one or two separators, and
 * short words of letters in front of it. Stateless.
 */
final class Clusters {
  /** More words than this are looked at in several clusters that overlap. */
  static final int MOST_WORDS = 64;

  /** Words of letters alone that may be part of an identifier are no longer than this. */
  private static final int LETTERS = 8;

  private Clusters() {}

  /**
   * Fills in the cluster around a character that is part of a word.
   *
   * @param floor offset before which nothing is taken, for it was seen
   */
  static void gather(String text, int at, int floor, Words words) {
    words.clear();
    int start = wordStart(text, at, floor);
    int first = start;
    for (int back = 0; back < 2; back++) {
      int gap = gapBefore(text, first, floor);
      int before = gap < 0 ? first : wordStart(text, gap, floor);
      if (gap < 0 || gap + 1 - before > LETTERS) {
        break;
      }
      first = before;
    }
    int next = first;
    int lettersBehind = 0;
    boolean seen = false;
    while (next < text.length() && words.size() < MOST_WORDS) {
      int end = wordEnd(text, next);
      int digits = digits(text, next, end);
      seen |= digits > 0;
      lettersBehind = digits > 0 || !seen ? 0 : lettersBehind + 1;
      // prose goes on behind a number: no identifier ends in more than one group of letters
      if (digits == 0 && (end - next > LETTERS || lettersBehind > 2)) {
        break;
      }
      words.add(next, end, digits);
      next = gapAfter(text, end);
      if (next < 0) {
        break;
      }
    }
    if (words.size() == 0) {
      words.add(start, wordEnd(text, start), 0);
    }
  }

  static int wordStart(String text, int at, int floor) {
    int i = at;
    while (i > floor && WordChars.isAsciiWord(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  static int wordEnd(String text, int at) {
    int i = at;
    while (i < text.length() && WordChars.isAsciiWord(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int digits(String text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += WordChars.isDigit(text.charAt(i)) ? 1 : 0;
    }
    return count;
  }

  /** Where the word before the gap ends, as the offset of its last character; -1 when none is near. */
  private static int gapBefore(String text, int start, int floor) {
    int i = start - 1;
    while (i >= floor && start - i <= 2 && separates(text.charAt(i))) {
      i--;
    }
    return i >= floor && i < start - 1 && WordChars.isAsciiWord(text.charAt(i)) ? i : -1;
  }

  /** Where the word behind the gap begins; -1 when none is near. */
  private static int gapAfter(String text, int end) {
    int i = end;
    while (i < text.length() && i - end < 3 && separates(text.charAt(i))) {
      i++;
    }
    return i > end && i < text.length() && WordChars.isAsciiWord(text.charAt(i)) ? i : -1;
  }

  private static boolean separates(char c) {
    return switch (c) {
      case ' ', '-', '.', '/', '(', ')', ':', '+', '\u00a0' -> true;
      default -> false;
    };
  }
}
