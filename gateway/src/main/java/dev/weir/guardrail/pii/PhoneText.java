package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;

/**
 * How a phone number is written. Immutable.
 *
 * @param text without its extension
 * @param digits how many, extension not counted
 * @param lengths of the groups of digits, one character each, from '0' on
 * @param separators one character for each gap: what stands in it first
 */
record PhoneText(String text, int digits, String lengths, String separators) {
  static PhoneText of(String text, int start, int end) {
    int stop = start;
    while (stop < end && !WordChars.isAsciiLetter(text.charAt(stop))) {
      stop++;
    }
    int digits = 0;
    var lengths = new StringBuilder();
    var separators = new StringBuilder();
    for (int i = start; i < stop; ) {
      int from = i;
      boolean digit = WordChars.isDigit(text.charAt(i));
      while (i < stop && WordChars.isDigit(text.charAt(i)) == digit) {
        i++;
      }
      if (digit) {
        digits += i - from;
        lengths.append((char) ('0' + i - from));
      } else if (from > start) {
        separators.append(i - from > 1 ? '#' : text.charAt(from));
      }
    }
    return new PhoneText(
        text.substring(start, stop), digits, lengths.toString(), separators.toString());
  }

  int groups() {
    return lengths.length();
  }

  int longestGroup() {
    return lengths.chars().max().orElse('0') - '0';
  }

  /** Whether it begins with a plus, a bracketed plus, or 00. */
  boolean international() {
    return text.indexOf('+') >= 0 || (text.startsWith("00") && digits >= 11);
  }

  /** Whether an area code stands in brackets at its start. */
  boolean bracketed() {
    return text.charAt(0) == '(' && text.indexOf(')') > 0;
  }

  /** Whether it begins with the zero of national dialling and is long enough. */
  boolean trunk() {
    return digits >= 9 && digits <= 11 && (text.charAt(0) == '0' || text.startsWith("(0"));
  }

  /** Whether it is grouped as in North America: 3-3-4 with hyphens or dots, perhaps behind a 1. */
  boolean american() {
    boolean grouped = lengths.equals("334") || lengths.equals("1334");
    boolean marked = separators.indexOf('-') >= 0 || separators.indexOf('.') >= 0 || bracketed();
    return grouped && marked && separators.indexOf('/') < 0;
  }

  /** Whether all groups behind the first have three digits, as amounts have. */
  boolean thousands() {
    return lengths.length() > 1
        && lengths.charAt(0) <= '3'
        && lengths.substring(1).chars().allMatch(c -> c == '3');
  }

  /** Whether all gaps are this character. */
  boolean separatedBy(char separator) {
    return !separators.isEmpty() && separators.chars().allMatch(c -> c == separator);
  }

  /** The number of one group. */
  int group(int index) {
    int at = 0;
    for (int i = 0, group = -1; i < text.length(); i++) {
      boolean digit = WordChars.isDigit(text.charAt(i));
      boolean first = digit && (i == 0 || !WordChars.isDigit(text.charAt(i - 1)));
      group += first ? 1 : 0;
      if (group == index && digit) {
        at = Math.min(at * 10 + (text.charAt(i) - '0'), 100_000_000);
      }
    }
    return at;
  }
}
