package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import java.util.Locale;
import java.util.Set;

/** IPv4 addresses (RFC 791) and IPv6 addresses in all their spellings (RFC 4291 section 2.2). Immutable. */
record IpScan(int row) {
  /** A number in four parts behind one of these is a version or a chapter. */
  private static final Set<String> NUMBERED = Set.of(
      "v",
      "ver",
      "version",
      "versions",
      "release",
      "build",
      "section",
      "sections",
      "chapter",
      "clause",
      "paragraph",
      "firmware",
      "abschnitt",
      "kapitel",
      "sección",
      "figure",
      "table",
      "step",
      "rev");

  private static final int LONGEST = 45;

  /** Looks for four numbers with dots in a cluster. */
  void four(Scan scan, Words words) {
    for (int first = 0; first + 3 < words.size(); first++) {
      if (dotted(scan, words, first)) {
        int start = words.start(first);
        int end = words.end(first + 3);
        if (freeBefore(scan, start) && freeAfter(scan, end) && !numbered(scan, start)) {
          add(scan, start, end);
        }
      }
    }
  }

  private void add(Scan scan, int start, int end) {
    int distance = scan.context().distance(row, start, end);
    scan.found().add(start, end, row, distance >= 0 ? 0.85 : 0.6, distance);
  }

  private static boolean dotted(Scan scan, Words words, int first) {
    for (int i = first; i < first + 4; i++) {
      boolean joined = i == first + 3
          || (words.start(i + 1) - words.end(i) == 1 && scan.at(words.end(i)) == '.');
      if (!joined || words.length(i) > 3 || words.digits(i) != words.length(i)) {
        return false;
      }
      int value = Integer.parseInt(scan.text(), words.start(i), words.end(i), 10);
      if (value > 255 || (words.length(i) > 1 && scan.at(words.start(i)) == '0')) {
        return false;
      }
    }
    return true;
  }

  private static boolean freeBefore(Scan scan, int start) {
    char before = scan.at(start - 1);
    return switch (before) {
      case '.', ':' -> !WordChars.isAsciiWord(scan.at(start - 2)) && scan.at(start - 2) != ':';
      case '_', '$', '\u20ac', '%' -> false;
      default -> !WordChars.joins(before);
    };
  }

  private static boolean freeAfter(Scan scan, int end) {
    char after = scan.at(end);
    return switch (after) {
      case '.' -> !WordChars.isAsciiWord(scan.at(end + 1));
      case '_', '%' -> false;
      default -> !WordChars.joins(after);
    };
  }

  private static boolean numbered(Scan scan, int start) {
    int end = start;
    while (end > 0
        && (scan.at(end - 1) == ' ' || scan.at(end - 1) == ':' || scan.at(end - 1) == '=')) {
      end--;
    }
    int from = end;
    while (from > 0 && end - from < 12 && Character.isLetter(scan.at(from - 1))) {
      from--;
    }
    boolean word = NUMBERED.contains(scan.text().substring(from, end).toLowerCase(Locale.ROOT));
    return word || scan.at(start - 1) == '\u00a7' || scan.at(end - 1) == '\u00a7';
  }

  /**
   * Looks for an IPv6 address around a colon.
   *
   * @param floor offset before which all was seen
   * @return the offset behind what was looked at
   */
  int six(Scan scan, int colon, int floor) {
    int start = colon;
    while (start > floor && colon - start <= LONGEST && isSix(scan.at(start - 1))) {
      start--;
    }
    int end = colon;
    while (end - start <= LONGEST && isSix(scan.at(end))) {
      end++;
    }
    int seen = end;
    while (end > colon
        && (scan.at(end - 1) == '.' || (scan.at(end - 1) == ':' && scan.at(end - 2) != ':'))) {
      end--;
    }
    boolean free = !WordChars.joins(scan.at(start - 1)) && !WordChars.joins(scan.at(end));
    if (free && end - start <= LONGEST && Ipv6.valid(scan.text().substring(start, end))) {
      add(scan, start, end);
    }
    return seen;
  }

  private static boolean isSix(char c) {
    return c == ':' || c == '.' || (c < 128 && Character.digit(c, 16) >= 0);
  }
}
