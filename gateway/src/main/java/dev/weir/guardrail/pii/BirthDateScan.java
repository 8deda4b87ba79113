package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import dev.weir.guardrail.pii.check.Checksums;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dates near a word that speaks of birth. Immutable. */
record BirthDateScan(int row) {
  private static final Set<String> MONTHS = months(
      "january jan janvier januar enero gennaio janeiro januari styczeń stycznia ledna leden ocak января",
      "february feb février fevrier februar febrero febbraio fevereiro februari luty lutego února únor şubat февраля",
      "march mar mars märz marzo março maart mart marzec marca března březen марта",
      "april apr avril abril aprile kwiecień kwietnia dubna duben nisan апреля",
      "may mai mayo maggio maio mei maj maja května květen mayıs мая",
      "june jun juin juni junio giugno junho czerwiec czerwca června červen haziran июня",
      "july jul juillet juli julio luglio julho lipiec lipca července červenec temmuz июля",
      "august aug août aout agosto augustus augusti sierpień sierpnia srpna srpen ağustos августа",
      "september sep sept septembre septiembre settembre setembro wrzesień września září eylül сентября",
      "october oct octobre oktober octubre ottobre outubro październik października října říjen ekim октября",
      "november nov novembre noviembre novembro listopad listopada listopadu kasım ноября",
      "december dec décembre decembre dezember diciembre dicembre dezembro grudzień grudnia prosince prosinec aralık декабря");

  void scan(Scan scan, Words words) {
    for (int i = 0; i < words.size(); i++) {
      boolean number = words.digits(i) == words.length(i);
      if (number && words.length(i) == 4 && year(value(scan, words, i))) {
        spelled(scan, words.start(i), words.end(i));
        asiatic(scan, words.start(i), words.end(i));
      }
      if (i + 2 < words.size() && numeric(scan, words, i)) {
        report(scan, words.start(i), words.end(i + 2));
      }
    }
  }

  private void report(Scan scan, int start, int end) {
    int distance = scan.context().distance(row, start, end);
    if (distance >= 0) {
      scan.found().add(start, end, row, 0.85, distance);
    }
  }

  private static boolean year(int value) {
    return value >= 1900 && value <= 2030;
  }

  private static int value(Scan scan, Words words, int word) {
    return Integer.parseInt(scan.text(), words.start(word), words.end(word), 10);
  }

  /** 12/03/1985, 1985-03-12, 12.3.85. */
  private static boolean numeric(Scan scan, Words words, int first) {
    for (int i = first; i < first + 3; i++) {
      if (words.digits(i) != words.length(i) || words.length(i) > 4) {
        return false;
      }
    }
    char separator = scan.at(words.end(first));
    boolean joined = "-./ ".indexOf(separator) >= 0
        && words.start(first + 1) - words.end(first) == 1
        && words.start(first + 2) - words.end(first + 1) == 1
        && scan.at(words.end(first + 1)) == separator;
    int a = value(scan, words, first);
    int b = value(scan, words, first + 1);
    int c = value(scan, words, first + 2);
    boolean yearFirst = words.length(first) == 4 && year(a) && Checksums.day(b, c);
    boolean yearLast = words.length(first) <= 2
        && (words.length(first + 2) == 2 || (words.length(first + 2) == 4 && year(c)))
        && (Checksums.day(a, b) || Checksums.day(b, a));
    return joined && (yearFirst || yearLast);
  }

  /** 12 March 1985, March 12th, 1985, 12 de marzo de 1985. */
  private void spelled(Scan scan, int yearStart, int yearEnd) {
    int end = gap(scan, yearStart);
    int start = wordStart(scan, end);
    String near = scan.text().substring(start, end).toLowerCase(Locale.ROOT);
    int otherEnd = gap(scan, start);
    int otherStart = wordStart(scan, otherEnd);
    String far = scan.text().substring(otherStart, otherEnd).toLowerCase(Locale.ROOT);
    if ((MONTHS.contains(near) && day(far)) || (day(near) && MONTHS.contains(far))) {
      report(scan, otherStart, yearEnd);
    }
  }

  /** 1985年3月12日, 1985년 3월 12일. */
  private void asiatic(Scan scan, int yearStart, int yearEnd) {
    char sign = scan.at(yearEnd);
    if (sign != '年' && sign != '년') {
      return;
    }
    int i = yearEnd;
    while (i - yearEnd < 12 && scan.at(i) != '日' && scan.at(i) != '일') {
      i++;
    }
    if (scan.at(i) == '日' || scan.at(i) == '일') {
      report(scan, yearStart, i + 1);
    }
  }

  private static int gap(Scan scan, int from) {
    int i = from;
    while (i > 0 && from - i < 3 && " ,.-/".indexOf(scan.at(i - 1)) >= 0) {
      i--;
    }
    boolean particle = scan.at(i - 1) == 'e' && scan.at(i - 2) == 'd' && scan.at(i - 3) == ' ';
    return particle ? i - 3 : i;
  }

  private static int wordStart(Scan scan, int end) {
    int i = end;
    while (i > 0 && end - i < 12 && WordChars.joins(scan.at(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean day(String word) {
    int digits = 0;
    while (digits < word.length() && WordChars.isDigit(word.charAt(digits))) {
      digits++;
    }
    boolean ending = digits == word.length()
        || switch (word.substring(digits)) {
          case "st", "nd", "rd", "th", "er" -> true;
          default -> false;
        };
    return digits >= 1 && digits <= 2 && ending && Integer.parseInt(word, 0, digits, 10) <= 31;
  }

  private static Set<String> months(String... names) {
    return Stream.of(names)
        .flatMap(month -> Stream.of(month.split(" ", -1)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
