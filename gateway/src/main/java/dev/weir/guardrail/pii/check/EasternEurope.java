package dev.weir.guardrail.pii.check;

import static dev.weir.guardrail.pii.check.Checksums.day;
import static dev.weir.guardrail.pii.check.Checksums.digit;
import static dev.weir.guardrail.pii.check.Checksums.number;
import static dev.weir.guardrail.pii.check.Checksums.uniform;
import static dev.weir.guardrail.pii.check.Checksums.weighted;

/** Identifiers of central and eastern Europe, Greece and Turkey. */
public final class EasternEurope {
  private EasternEurope() {}

  /** PESEL: the month is raised by 20 for each century. */
  public static boolean pesel(String s) {
    int check = (10 - weighted(s, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
    return day(number(s, 2, 4) % 20, number(s, 4, 6)) && check == digit(s, 10);
  }

  public static boolean nip(String s) {
    return weighted(s, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == digit(s, 9)
        && s.charAt(0) != '0'
        && !uniform(s);
  }

  /** Rodné číslo, one scheme for the Czech Republic and Slovakia; nine digits until 1953 have no check. */
  public static boolean rodneCislo(String s) {
    int month = number(s, 2, 4) % 50;
    boolean born = day(month > 20 ? month - 20 : month, number(s, 4, 6));
    if (s.length() == 9) {
      return born && number(s, 0, 2) < 54 && number(s, 6, 9) != 0;
    }
    long body = Long.parseLong(s, 0, 9, 10);
    return born && body % 11 % 10 == digit(s, 9);
  }

  public static boolean cnp(String s) {
    int county = number(s, 7, 9);
    int check = weighted(s, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
    boolean known = (county >= 1 && county <= 52) || county == 70 || (county >= 80 && county <= 83);
    return known
        && s.charAt(0) != '0'
        && day(number(s, 3, 5), number(s, 5, 7))
        && (check == 10 ? 1 : check) == digit(s, 12);
  }

  /** ЕГН: the month is raised by 20 before 1900 and by 40 from 2000. */
  public static boolean egn(String s) {
    int check = weighted(s, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10;
    return day(number(s, 2, 4) % 20, number(s, 4, 6))
        && number(s, 2, 4) <= 52
        && check == digit(s, 9);
  }

  public static boolean afm(String s) {
    int sum = weighted(s, 256, 128, 64, 32, 16, 8, 4, 2);
    return sum % 11 % 10 == digit(s, 8) && !uniform(s);
  }

  public static boolean amka(String s) {
    return day(number(s, 2, 4), number(s, 0, 2)) && Checksums.luhn(s);
  }

  public static boolean taj(String s) {
    return weighted(s, 3, 7, 3, 7, 3, 7, 3, 7) % 10 == digit(s, 8) && !uniform(s);
  }

  public static boolean adoazonosito(String s) {
    return s.charAt(0) == '8' && weighted(s, 1, 2, 3, 4, 5, 6, 7, 8, 9) % 11 == digit(s, 9);
  }

  public static boolean tckn(String s) {
    int odd = digit(s, 0) + digit(s, 2) + digit(s, 4) + digit(s, 6) + digit(s, 8);
    int even = digit(s, 1) + digit(s, 3) + digit(s, 5) + digit(s, 7);
    int tenth = Math.floorMod(7 * odd - even, 10);
    return s.charAt(0) != '0' && tenth == digit(s, 9) && (odd + even + tenth) % 10 == digit(s, 10);
  }

  /** INN of a person (12 digits) or an organisation (10). */
  public static boolean inn(String s) {
    if (s.length() == 10) {
      return weighted(s, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(s, 9) && !uniform(s);
    }
    return weighted(s, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(s, 10)
        && weighted(s, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(s, 11)
        && !uniform(s);
  }

  /** СНИЛС: numbers up to 001-001-998 have no check and are left out. */
  public static boolean snils(String s) {
    int check = weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100;
    return number(s, 0, 9) > 1_001_998 && check == number(s, 9, 11) && !uniform(s);
  }

  public static boolean rnokpp(String s) {
    int check = Math.floorMod(weighted(s, -1, 5, 7, 9, 4, 6, 10, 5, 7), 11) % 10;
    return check == digit(s, 9) && !uniform(s);
  }

  /** OIB of Croatia. */
  public static boolean oib(String s) {
    return Checksums.mod1110(s) && !uniform(s);
  }
}
