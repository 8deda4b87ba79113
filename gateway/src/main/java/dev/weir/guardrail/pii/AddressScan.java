package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import java.util.Locale;
import java.util.Set;

/**
 * Postal addresses around a house number: street names by the words that end or begin them in nine languages, and what
 * follows them on the way to a postal code. Immutable.
 *
 * @param row of the table
 */
record AddressScan(int row) {
  /** Words that end a street's name behind its number: 12 Main Street. */
  private static final Set<String> ENDS = Set.of(
      "street",
      "st",
      "avenue",
      "ave",
      "road",
      "rd",
      "boulevard",
      "blvd",
      "lane",
      "ln",
      "drive",
      "dr",
      "court",
      "ct",
      "square",
      "sq",
      "place",
      "pl",
      "terrace",
      "way",
      "parkway",
      "pkwy",
      "highway",
      "hwy",
      "crescent",
      "close",
      "trail",
      "alley",
      "gardens",
      "grove",
      "mews",
      "plaza",
      "turnpike",
      "loop",
      "crossing");

  /** Words that begin one: rue de la Paix 12, 12 rue de la Paix, Calle Mayor 5. */
  private static final Set<String> BEGINS = Set.of(
      "rue",
      "avenue",
      "boulevard",
      "allée",
      "impasse",
      "chemin",
      "quai",
      "calle",
      "avenida",
      "paseo",
      "plaza",
      "carrera",
      "via",
      "viale",
      "piazza",
      "corso",
      "largo",
      "rua",
      "travessa",
      "praça",
      "estrada",
      "ul",
      "ulica",
      "aleja",
      "ulitsa",
      "улица",
      "ул");

  /** Those of them behind which a number is a house's. */
  private static final Set<String> FIRST = Set.of(
      "rue", "calle", "avenida", "paseo", "via", "viale", "piazza", "corso", "rua", "ul", "ulica",
      "aleja", "улица");

  /** Endings of one-word street names before their number: Musterstraße 12. */
  private static final String[] SUFFIXES = {
    "straße", "strasse", "str", "weg", "platz", "gasse", "allee", "ring", "damm", "ufer", "straat",
    "laan", "plein", "gracht", "kade", "gatan", "vägen", "gata", "vej", "gade", "veien", "katu",
    "tie"
  };

  private static final int LONGEST_NAME = 40;

  void scan(Scan scan, Words words) {
    for (int i = 0; i < words.size(); i++) {
      boolean house = words.digits(i) > 0
          && words.length(i) <= 6
          && words.length(i) - words.digits(i) <= 1
          && Edges.freeBefore(scan, words.start(i));
      if (house) {
        behind(scan, words.start(i), words.end(i));
        before(scan, words.start(i), words.end(i));
      }
    }
  }

  /** The street stands behind the number. */
  private void behind(Scan scan, int start, int end) {
    int at = scan.at(end) == ',' ? end + 1 : end;
    int named = 0;
    while (scan.at(at) == ' ' && at - end < LONGEST_NAME) {
      int from = at + 1;
      int to = wordEnd(scan, from);
      String word = scan.text().substring(from, to).toLowerCase(Locale.ROOT);
      if (named > 0 && ENDS.contains(word)) {
        report(scan, start, scan.at(to) == '.' && to - from <= 4 ? to + 1 : to);
        return;
      }
      if (named == 0 && BEGINS.contains(word)) {
        report(scan, start, name(scan, to));
        return;
      }
      boolean capital =
          to > from && (Character.isUpperCase(scan.at(from)) || WordChars.isDigit(scan.at(from)));
      if (!capital || ++named > 3) {
        return;
      }
      at = to;
    }
  }

  /** The rest of a name: capitalised words and the particles between them. */
  private static int name(Scan scan, int from) {
    int end = from;
    int at = from;
    while (scan.at(at) == ' ' && at - from < LONGEST_NAME) {
      int to = wordEnd(scan, at + 1);
      String word = scan.text().substring(at + 1, to);
      boolean particle = switch (word) {
        case "de",
            "la",
            "le",
            "les",
            "du",
            "des",
            "del",
            "della",
            "di",
            "da",
            "do",
            "dos",
            "los",
            "las",
            "el",
            "et",
            "y" -> true;
        default -> false;
      };
      boolean capital = to > at + 1 && Character.isUpperCase(scan.at(at + 1));
      if (!particle && !capital) {
        break;
      }
      end = capital ? to : end;
      at = to;
    }
    return end;
  }

  /** The street stands before the number. */
  private void before(Scan scan, int start, int end) {
    int gap = scan.at(start - 1) == ' ' && scan.at(start - 2) == ',' ? start - 2 : start - 1;
    if (start < 4 || scan.at(start - 1) != ' ') {
      return;
    }
    int from = gap;
    for (int i = 0; i < 5 && gap - from < LONGEST_NAME; i++) {
      int begin = wordStart(scan, scan.at(from - 1) == '.' ? from - 1 : from);
      String word = scan.text().substring(begin, from);
      if (begin == from || (i > 0 && WordChars.isDigit(scan.at(begin)))) {
        return;
      }
      boolean capital = Character.isUpperCase(scan.at(begin));
      if ((i > 0 && FIRST.contains(strip(word))) || (capital && street(strip(word)))) {
        report(scan, begin, end);
        return;
      }
      if (begin == 0 || scan.at(begin - 1) != ' ') {
        return;
      }
      from = begin - 1;
    }
  }

  private static String strip(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static boolean street(String word) {
    for (String suffix : SUFFIXES) {
      if (word.endsWith(suffix) && word.length() >= suffix.length() + 3) {
        return true;
      }
    }
    return false;
  }

  private void report(Scan scan, int start, int end) {
    int distance = scan.context().distance(row, start, end);
    scan.found().add(start, end, row, distance >= 0 ? 0.85 : 0.6, distance);
  }

  private static int wordEnd(Scan scan, int from) {
    int i = from;
    while (i < scan.text().length()
        && (WordChars.joins(scan.at(i)) || scan.at(i) == '\'' || scan.at(i) == '-')) {
      i++;
    }
    return i;
  }

  private static int wordStart(Scan scan, int end) {
    int i = end;
    while (i > 0
        && (WordChars.joins(scan.at(i - 1)) || scan.at(i - 1) == '\'' || scan.at(i - 1) == '-')) {
      i--;
    }
    return i;
  }
}
