package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import dev.weir.guardrail.pii.check.WesternEurope;

/**
 * Machine readable zones of passports and identity cards: the line with the document number and the dates, each with its
 * check digit (ICAO Doc 9303 parts 4 and 5). Immutable.
 *
 * @param row of the table
 */
record MrzScan(int row) {
  private static final int PASSPORT = 44;
  private static final int CARD = 30;

  /**
   * Looks at the line around a filler sign.
   *
   * @return the offset behind it
   */
  int at(Scan scan, int filler, int floor) {
    int start = filler;
    while (start > floor && filler - start < PASSPORT && isMrz(scan.at(start - 1))) {
      start--;
    }
    int end = filler;
    while (end - start <= PASSPORT && isMrz(scan.at(end))) {
      end++;
    }
    String line = scan.text().substring(start, end);
    if ((line.length() == PASSPORT || line.length() == 36) && second(line)) {
      scan.found().add(above(scan, start, line.length()), end, row, 1.0, -1);
    } else if (line.length() == CARD && "IAC".indexOf(line.charAt(0)) >= 0 && checks(line, 5, 14)) {
      scan.found().add(start, end, row, 1.0, -1);
    }
    return end;
  }

  private static boolean second(String line) {
    return checks(line, 0, 9) && checks(line, 13, 19) && checks(line, 21, 27);
  }

  /** Whether the character behind a range is its check digit. */
  private static boolean checks(String line, int from, int to) {
    char check = line.charAt(to);
    return WordChars.isDigit(check)
        && WesternEurope.icao(line.substring(from, to)) % 10 == check - '0';
  }

  /** The first line, with the name, stands right above when it is there. */
  private static int above(Scan scan, int start, int length) {
    int end = start;
    while (end > 0 && start - end < 3 && Character.isWhitespace(scan.at(end - 1))) {
      end--;
    }
    int from = end - length;
    boolean first = from >= 0 && end < start && "PIVAC".indexOf(scan.at(from)) >= 0;
    for (int i = Math.max(from, 0); first && i < end; i++) {
      first = isMrz(scan.at(i));
    }
    return first ? from : start;
  }

  private static boolean isMrz(char c) {
    return c == '<' || WordChars.isDigit(c) || WordChars.isUpper(c);
  }
}
