package dev.weir.guardrail.pii.check;

import static dev.weir.guardrail.pii.check.Checksums.day;
import static dev.weir.guardrail.pii.check.Checksums.digit;
import static dev.weir.guardrail.pii.check.Checksums.number;
import static dev.weir.guardrail.pii.check.Checksums.uniform;
import static dev.weir.guardrail.pii.check.Checksums.weighted;

/** Identifiers of the Nordic and Baltic countries. */
public final class NorthernEurope {
  private static final String HETU_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  private NorthernEurope() {}

  /** Personnummer of 10 or 12 digits; a coordination number's day is raised by 60. */
  public static boolean personnummer(String s) {
    String ten = s.substring(s.length() - 10);
    boolean century = s.length() == 10 || (number(s, 0, 2) >= 18 && number(s, 0, 2) <= 20);
    return century && day(number(ten, 2, 4), number(ten, 4, 6) % 60) && Checksums.luhn(ten);
  }

  /** Organisationsnummer: its third digit is at least 2. */
  public static boolean organisationsnummer(String s) {
    return s.charAt(2) >= '2' && s.charAt(0) != '0' && Checksums.luhn(s) && !uniform(s);
  }

  /** Fødselsnummer: two check digits; a D-number's day is raised by 40. */
  public static boolean fodselsnummer(String s) {
    int first = (11 - weighted(s, 3, 7, 6, 1, 8, 9, 4, 5, 2) % 11) % 11;
    int second = (11 - weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
    return day(number(s, 2, 4) % 40, number(s, 0, 2) % 40)
        && first == digit(s, 9)
        && second == digit(s, 10);
  }

  /** CPR number: the date alone, for check digits are no longer kept since 2007. */
  public static boolean cpr(String s) {
    return day(number(s, 2, 4), number(s, 0, 2)) && number(s, 6, 10) != 0;
  }

  /** Henkilötunnus without its century sign: date, serial, check character. */
  public static boolean hetu(String s) {
    int serial = number(s, 6, 9);
    long body = number(s, 0, 6) * 1000L + serial;
    return day(number(s, 2, 4), number(s, 0, 2))
        && serial >= 2
        && HETU_CHECKS.charAt((int) (body % 31)) == s.charAt(9);
  }

  /** The same with the century as a letter: 131052A308T. */
  public static boolean letteredHetu(String s) {
    return "ABCDEFYXWVU".indexOf(s.charAt(6)) >= 0 && hetu(s.substring(0, 6) + s.substring(7));
  }

  /** Estonia's isikukood and Lithuania's asmens kodas: one scheme. */
  public static boolean isikukood(String s) {
    int check = weighted(s, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
    if (check == 10) {
      check = weighted(s, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
    }
    return s.charAt(0) >= '1'
        && s.charAt(0) <= '8'
        && day(number(s, 3, 5), number(s, 5, 7))
        && check == digit(s, 10);
  }
}
