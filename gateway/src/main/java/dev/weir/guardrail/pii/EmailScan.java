package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;

/**
 * E-mail addresses around an at sign (RFC 5321 section 4.1.2, with the letters of RFC 6531 and quoted local parts).
 * Immutable.
 *
 * @param row of the table
 */
record EmailScan(int row) {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  /** Signs that mail systems allow but that in texts stand around an address. */
  private static final String INSIDE = "!#$%'+-._";

  void at(Scan scan, int sign) {
    int start = local(scan, sign);
    int end = domain(scan, sign + 1);
    if (start < 0 || end < 0 || remote(scan, start, sign, end)) {
      return;
    }
    int distance = scan.context().distance(row, start, end);
    scan.found().add(start, end, row, distance >= 0 ? 0.85 : 0.6, distance);
  }

  /** git@host:path is an address for machines. */
  private static boolean remote(Scan scan, int start, int sign, int end) {
    return scan.at(end) == ':'
        && scan.text().substring(start, sign).equals("git")
        && !Character.isWhitespace(scan.at(end + 1));
  }

  private static int local(Scan scan, int sign) {
    if (scan.at(sign - 1) == '"') {
      return quoted(scan, sign - 1);
    }
    int start = sign;
    while (start > 0 && sign - start <= LONGEST_LOCAL && isLocal(scan.at(start - 1))) {
      start--;
    }
    if (sign - start > LONGEST_LOCAL) {
      return -1;
    }
    while (start < sign && !isWord(scan.at(start)) && scan.at(start) != '_') {
      start++;
    }
    return start < sign && scan.at(sign - 1) != '.' ? start : -1;
  }

  private static int quoted(Scan scan, int closing) {
    for (int i = closing - 1; i >= Math.max(0, closing - LONGEST_LOCAL); i--) {
      char c = scan.at(i);
      if (c == '\n') {
        return -1;
      }
      if (c == '"' && scan.at(i - 1) != '\\') {
        return closing - i > 1 ? i : -1;
      }
    }
    return -1;
  }

  private static boolean isLocal(char c) {
    return isWord(c) || INSIDE.indexOf(c) >= 0;
  }

  private static boolean isWord(char c) {
    return c < 128 ? WordChars.isAsciiWord(c) : WordChars.joins(c);
  }

  /** Where the domain ends: at least two labels, the last of letters; -1 when there is none. */
  private static int domain(Scan scan, int from) {
    int label = from;
    int end = -1;
    int limit = Math.min(scan.text().length(), from + LONGEST_DOMAIN);
    for (int i = from; i <= limit; i++) {
      char c = i < limit ? scan.at(i) : ' ';
      if (isDomain(c)) {
        continue;
      }
      if (i - label < 1 || scan.at(label) == '-' || i - label > 63) {
        break;
      }
      if (label > from && isTopLevel(scan, label, trimmed(scan, label, i))) {
        end = trimmed(scan, label, i);
      }
      if (c != '.') {
        break;
      }
      label = i + 1;
    }
    return end;
  }

  private static int trimmed(Scan scan, int from, int to) {
    int end = to;
    while (end > from && scan.at(end - 1) == '-') {
      end--;
    }
    return end;
  }

  private static boolean isDomain(char c) {
    return c == '-' || (c < 128 ? WordChars.isAsciiWord(c) : Character.isLetterOrDigit(c));
  }

  private static boolean isTopLevel(Scan scan, int from, int to) {
    if (scan.text().startsWith("xn--", from)) {
      return to - from > 5;
    }
    for (int i = from; i < to; i++) {
      if (WordChars.isDigit(scan.at(i)) || scan.at(i) == '-') {
        return false;
      }
    }
    return to - from >= 2 && to - from <= 24;
  }
}
