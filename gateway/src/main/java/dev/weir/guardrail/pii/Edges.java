package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;

/** Whether a run of letters and digits stands for itself, or is a piece of something longer. Stateless. */
final class Edges {
  private Edges() {}

  /** Whether an identifier may begin here: no longer number, price or path reaches into it. */
  static boolean freeBefore(Scan scan, int start) {
    char before = scan.at(start - 1);
    char further = scan.at(start - 2);
    return switch (before) {
      case '-', '/', '.', ':' -> !WordChars.isDigit(further);
      case ',' -> !WordChars.isDigit(further) || digitsAfter(scan, start) != 3;
      case '$', '\u20ac', '\u00a3', '\u00a5', '\u20b9', '+', '@', '_', '\\', '&' -> false;
      default -> !WordChars.joins(before);
    };
  }

  /** Whether an identifier may end here. */
  static boolean freeAfter(Scan scan, int end) {
    char after = scan.at(end);
    char further = scan.at(end + 1);
    return switch (after) {
      case '-' -> !WordChars.isAsciiWord(further);
      case '.', ':', '/' -> !WordChars.isDigit(further);
      case ',' -> !WordChars.isDigit(further) || digitsAfter(scan, end + 1) > 4;
      case '%', '@', '_', '$', '\u20ac', '\u00a3' -> false;
      default -> !WordChars.joins(after);
    };
  }

  /** Whether another group of digits stands one space away on either side. */
  static boolean chained(Scan scan, int start, int end) {
    return (scan.at(start - 1) == ' ' && WordChars.isDigit(scan.at(start - 2)))
        || (scan.at(end) == ' ' && WordChars.isDigit(scan.at(end + 1)));
  }

  static int digitsAfter(Scan scan, int start) {
    int i = start;
    while (WordChars.isDigit(scan.at(i))) {
      i++;
    }
    return i - start;
  }
}
