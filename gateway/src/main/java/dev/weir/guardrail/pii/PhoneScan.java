package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;

/**
 * Phone numbers in a cluster: groups of digits, longest first, weighed by how they are written, what stands near them, and
 * the numbering plans of {@link PhonePlans}. Immutable.
 *
 * @param row of the table
 */
record PhoneScan(int row) {
  private static final int FEWEST_DIGITS = 6;
  private static final int MOST_DIGITS = 15;
  private static final int MOST_GROUPS = 7;
  private static final int BEHIND_ALL = 1000;

  void scan(Scan scan, Words words) {
    int first = 0;
    while (first < words.size()) {
      first = number(words, first) && begins(scan, words.start(first))
          ? from(scan, words, first)
          : first + 1;
    }
  }

  /** Tries the groups from one on; returns the first group that is not part of a number that was found. */
  private int from(Scan scan, Words words, int first) {
    int last = first;
    int digits = words.digits(first);
    while (last + 1 < words.size()
        && last - first < MOST_GROUPS
        && joined(scan, words, last)
        && part(scan, words, last + 1)
        && digits + words.digits(last + 1) <= MOST_DIGITS + 6) {
      last++;
      digits += words.digits(last);
    }
    for (int end = last, count = digits; end >= first; count -= words.digits(end--)) {
      if (count >= FEWEST_DIGITS
          && words.digits(end) > 0
          && ends(scan, words.end(end))
          && weigh(scan, words, first, end)) {
        return end + 1;
      }
    }
    return first + 1;
  }

  private boolean weigh(Scan scan, Words words, int first, int last) {
    int start = opened(scan, words.start(first));
    int end = words.end(last);
    int distance = scan.context().distance(row, start, end);
    if (distance < 0 && "+(0".indexOf(scan.at(start)) < 0 && !american(words, first, last)) {
      return false;
    }
    var written = PhoneText.of(scan.text(), start, end);
    if (written.digits() < FEWEST_DIGITS
        || written.digits() > MOST_DIGITS
        || PhoneGuards.other(scan, written, start, end)) {
      return false;
    }
    boolean counts = distance >= 0 ? announced(written) : unannounced(scan, written, start, end);
    if (counts) {
      // what is announced as something else is that, though a phone be nearer
      scan.found()
          .add(
              start,
              end,
              row,
              distance >= 0 ? 0.85 : 0.6,
              distance < 0 ? -1 : distance + BEHIND_ALL);
    }
    return counts;
  }

  /** Near a word that speaks of phones, anything of a phone number's length in groups counts, or one run of 7 to 12. */
  private static boolean announced(PhoneText written) {
    if (written.international()) {
      return written.digits() >= 7;
    }
    return written.groups() > 1
        ? written.digits() >= (written.groups() == 2 ? 7 : 6)
            && written.digits() <= 13
            && written.longestGroup() <= 8
        : written.digits() >= 7 && written.digits() <= 12 && PhonePlans.known(written.text());
  }

  private static boolean unannounced(Scan scan, PhoneText written, int start, int end) {
    if (written.international()) {
      return written.digits() >= 9 && PhonePlans.possible(written.text());
    }
    if (written.groups() < 2 || Edges.chained(scan, start, end)) {
      return false;
    }
    return written.american()
        || (written.bracketed() && written.digits() >= 8 && written.digits() <= 12)
        || (written.trunk() && PhonePlans.known(written.text()));
  }

  /** Whether the last three groups have three, three and four digits: the one form known without zero, plus or bracket. */
  private static boolean american(Words words, int first, int last) {
    return last - first >= 2
        && last - first <= 3
        && words.length(last) >= 4
        && words.length(last - 1) == 3
        && words.length(last - 2) == 3;
  }

  private static boolean number(Words words, int word) {
    return words.digits(word) == words.length(word);
  }

  /** A group of digits, or the last one with its extension: 1726x16954. */
  private static boolean part(Scan scan, Words words, int word) {
    if (number(words, word)) {
      return true;
    }
    int i = words.start(word);
    while (WordChars.isDigit(scan.at(i))) {
      i++;
    }
    boolean extension = (scan.at(i) | 0x20) == 'x' && words.end(word) - i <= 7;
    return extension && words.length(word) - words.digits(word) == 1;
  }

  private static boolean joined(Scan scan, Words words, int word) {
    int from = words.end(word);
    int to = words.start(word + 1);
    for (int i = from; i < to; i++) {
      char c = scan.at(i);
      if (" -./()\u00a0".indexOf(c) < 0) {
        return false;
      }
    }
    return !(to - from == 3 && scan.at(from) == ' ') && !scan.text().startsWith(". ", from);
  }

  private static boolean begins(Scan scan, int start) {
    char before = scan.at(start - 1);
    if (before == '+' || before == '(') {
      return !WordChars.joins(scan.at(start - 2)) || before == '(';
    }
    return Edges.freeBefore(scan, start);
  }

  private static boolean ends(Scan scan, int end) {
    return Edges.freeAfter(scan, end)
        || (scan.at(end) == '-' && !WordChars.isDigit(scan.at(end + 1)));
  }

  private static int opened(Scan scan, int start) {
    int from = start;
    if (scan.at(from - 1) == '(') {
      from--;
    }
    return scan.at(from - 1) == '+' ? from - 1 : from;
  }
}
