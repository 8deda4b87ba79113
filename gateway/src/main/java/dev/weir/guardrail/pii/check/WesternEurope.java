package dev.weir.guardrail.pii.check;

import static dev.weir.guardrail.pii.check.Checksums.day;
import static dev.weir.guardrail.pii.check.Checksums.digit;
import static dev.weir.guardrail.pii.check.Checksums.luhn;
import static dev.weir.guardrail.pii.check.Checksums.mod1110;
import static dev.weir.guardrail.pii.check.Checksums.number;
import static dev.weir.guardrail.pii.check.Checksums.uniform;
import static dev.weir.guardrail.pii.check.Checksums.weighted;

import java.util.Set;

/** Identifiers of western and southern Europe. */
public final class WesternEurope {
  private static final Set<String> NINO_UNUSED = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");
  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String PPS_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";
  private static final int[] ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };
  private static final String OMOCODIA = "LMNPQRSTUV";

  private WesternEurope() {}

  /** National insurance number: unused prefixes are left out. */
  public static boolean nino(String s) {
    return "DFIQUV".indexOf(s.charAt(0)) < 0
        && "DFIQUVO".indexOf(s.charAt(1)) < 0
        && !NINO_UNUSED.contains(s.substring(0, 2))
        && s.charAt(8) <= 'D';
  }

  public static boolean nhs(String s) {
    int check = 11 - weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return !uniform(s) && check % 11 == digit(s, 9) && check != 10;
  }

  /**
   * Steuer-Identifikationsnummer. That one digit of the first ten stands twice or three times is not asked for: numbers made
   * for tests break that rule.
   */
  public static boolean steuerId(String s) {
    return !uniform(s) && mod1110(s);
  }

  /** Personalausweis and passport: nine characters without vowels, weights 7 3 1, check digit behind. */
  public static boolean ausweis(String s) {
    return icao(s.substring(0, 9)) % 10 == digit(s, 9) && ausweisSerial(s.substring(0, 9));
  }

  /** The nine characters alone, as the card's front shows them. */
  public static boolean ausweisSerial(String s) {
    int digits = 0;
    for (int i = 0; i < 9; i++) {
      char c = s.charAt(i);
      if ("ABDEIOQSU".indexOf(c) >= 0) {
        return false;
      }
      digits += c <= '9' ? 1 : 0;
    }
    return "LMNPRTVWXYCFGHJK".indexOf(s.charAt(0)) >= 0 && digits >= 3;
  }

  /** Weights 7 3 1 of ICAO 9303, letters from 10. */
  public static int icao(CharSequence s) {
    int sum = 0;
    for (int i = 0; i < s.length(); i++) {
      int value = s.charAt(i) == '<' ? 0 : Character.digit(s.charAt(i), 36);
      sum += value
          * switch (i % 3) {
            case 0 -> 7;
            case 1 -> 3;
            default -> 1;
          };
    }
    return sum;
  }

  /** Rentenversicherungsnummer: area, birth date, initial, serial, check. */
  public static boolean rentenversicherung(String s) {
    int letter = s.charAt(8) - 'A' + 1;
    String all = s.substring(0, 8) + letter / 10 + letter % 10 + s.substring(9, 11);
    int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      int product = digit(all, i) * weights[i];
      sum += product / 10 + product % 10;
    }
    return day(number(s, 4, 6), number(s, 2, 4) % 50) && sum % 10 == digit(s, 11);
  }

  /** NIR with its key; Corsica's departments count as 19 and 18. */
  public static boolean nir(String s) {
    String department = s.substring(5, 7);
    String plain = switch (department) {
      case "2A" -> s.substring(0, 5) + "19" + s.substring(7);
      case "2B" -> s.substring(0, 5) + "18" + s.substring(7);
      default -> s;
    };
    for (int i = 0; i < 15; i++) {
      if (plain.charAt(i) > '9') {
        return false;
      }
    }
    int month = number(plain, 3, 5);
    boolean known = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    long body = Long.parseLong(plain, 0, 13, 10);
    return known && "123478".indexOf(s.charAt(0)) >= 0 && 97 - body % 97 == number(plain, 13, 15);
  }

  public static boolean siren(String s) {
    return luhn(s) && !uniform(s) && s.charAt(0) != '0';
  }

  public static boolean dni(String s) {
    return DNI_LETTERS.charAt(number(s, 0, 8) % 23) == s.charAt(8) && number(s, 0, 8) != 0;
  }

  public static boolean nie(String s) {
    int first = s.charAt(0) - 'X';
    return first >= 0
        && first <= 2
        && DNI_LETTERS.charAt((first * 10_000_000 + number(s, 1, 8)) % 23) == s.charAt(8);
  }

  /** CIF: the check character is a digit or a letter, by the kind of company. */
  public static boolean cif(String s) {
    if ("ABCDEFGHJNPQRSUVW".indexOf(s.charAt(0)) < 0) {
      return false;
    }
    int check = (10 - Checksums.luhnSum(s.substring(1, 8) + "0", 0, 8) % 10) % 10;
    return s.charAt(8) == '0' + check || s.charAt(8) == "JABCDEFGHI".charAt(check);
  }

  /** Codice fiscale; digits may be letters where two people would share a code. */
  public static boolean codiceFiscale(String s) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = s.charAt(i);
      boolean figure = i >= 6 && i != 8 && i != 11;
      if (figure && c > '9' && OMOCODIA.indexOf(c) < 0) {
        return false;
      }
      int value = c <= '9' ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? ODD[value] : value;
    }
    return "ABCDEHLMPRST".indexOf(s.charAt(8)) >= 0 && s.charAt(15) == 'A' + sum % 26;
  }

  public static boolean partitaIva(String s) {
    int office = number(s, 7, 10);
    boolean known = (office >= 1 && office <= 100)
        || office == 120
        || office == 121
        || office == 888
        || office == 999;
    return known && luhn(s) && number(s, 0, 7) != 0;
  }

  /** BSN: the eleven test, with −1 for the last digit. */
  public static boolean bsn(String s) {
    return weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0
        && !uniform(s)
        && number(s, 0, 9) > 9_999_999;
  }

  /** Rijksregisternummer: for those born since 2000 a 2 stands in front. */
  public static boolean nrn(String s) {
    long body = Long.parseLong(s, 0, 9, 10);
    int check = number(s, 9, 11);
    int month = number(s, 2, 4) % 20;
    return month <= 12
        && number(s, 4, 6) <= 31
        && body != 0
        && (97 - body % 97 == check || 97 - (2_000_000_000L + body) % 97 == check);
  }

  public static boolean nif(String s) {
    int check = 11 - weighted(s, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return "1235689".indexOf(s.charAt(0)) >= 0
        && (check > 9 ? 0 : check) == digit(s, 8)
        && !uniform(s);
  }

  /** AHV number: an EAN-13 that begins with 756. */
  public static boolean ahv(String s) {
    int sum = weighted(s, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1);
    return s.startsWith("756") && sum % 10 == 0;
  }

  public static boolean svnr(String s) {
    return s.charAt(0) != '0'
        && weighted(s, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == digit(s, 3)
        && number(s, 4, 6) <= 31
        && number(s, 6, 8) <= 15;
  }

  /** PPS number: seven digits, a check letter, and since 2013 a second letter that counts too. */
  public static boolean pps(String s) {
    int sum = weighted(s, 8, 7, 6, 5, 4, 3, 2);
    int second = s.length() == 9 ? s.charAt(8) - 'A' + 1 : 0;
    boolean known = s.length() == 8 || "ABHWTX".indexOf(s.charAt(8)) >= 0;
    int counted = second > 0 && second <= 8 ? sum + 9 * second : sum;
    return known && PPS_LETTERS.charAt(counted % 23) == s.charAt(7);
  }
}
