package dev.weir.guardrail.pii.check;

import static dev.weir.guardrail.pii.check.Checksums.day;
import static dev.weir.guardrail.pii.check.Checksums.digit;
import static dev.weir.guardrail.pii.check.Checksums.luhn;
import static dev.weir.guardrail.pii.check.Checksums.number;
import static dev.weir.guardrail.pii.check.Checksums.uniform;
import static dev.weir.guardrail.pii.check.Checksums.weighted;

/** Identifiers of Asia, Australia, Israel and South Africa. */
public final class AsiaPacific {
  private static final String USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final String BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String TAIWAN = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

  private AsiaPacific() {}

  public static boolean aadhaar(String s) {
    return s.charAt(0) >= '2' && Checksums.verhoeff(s) && !palindrome(s);
  }

  private static boolean palindrome(String s) {
    return new StringBuilder(s).reverse().toString().equals(s);
  }

  /** PAN: the fourth letter says what kind of holder it is. */
  public static boolean pan(String s) {
    return "PCHABGJLFTE".indexOf(s.charAt(3)) >= 0;
  }

  public static boolean gstin(String s) {
    int sum = 0;
    for (int i = 0; i < 14; i++) {
      int product = BASE36.indexOf(s.charAt(i)) * (1 + i % 2);
      sum += product / 36 + product % 36;
    }
    int state = number(s, 0, 2);
    return state >= 1
        && (state <= 38 || state >= 96)
        && pan(s.substring(2, 12))
        && BASE36.charAt((36 - sum % 36) % 36) == s.charAt(14);
  }

  /** A number of the right state and form, whatever its check character. */
  public static boolean gstinShape(String s) {
    int state = number(s, 0, 2);
    return state >= 1 && (state <= 38 || state >= 96) && s.charAt(13) == 'Z';
  }

  public static boolean israel(String s) {
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      int product = digit(s, i) * (1 + i % 2);
      sum += product > 9 ? product - 9 : product;
    }
    return sum % 10 == 0 && !uniform(s);
  }

  public static boolean southAfrica(String s) {
    return day(number(s, 2, 4), number(s, 4, 6)) && s.charAt(10) <= '2' && luhn(s);
  }

  public static boolean tfn(String s) {
    return (s.length() == 9
            ? weighted(s, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0
            : weighted(s, 10, 7, 8, 4, 6, 3, 5, 1) % 11 == 0)
        && !uniform(s);
  }

  /** ABN: one is taken from the first digit, then mod 89. */
  public static boolean abn(String s) {
    int sum = weighted(s, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10;
    return s.charAt(0) != '0' && sum % 89 == 0;
  }

  public static boolean acn(String s) {
    return (10 - weighted(s, 8, 7, 6, 5, 4, 3, 2, 1) % 10) % 10 == digit(s, 8) && !uniform(s);
  }

  public static boolean medicare(String s) {
    return s.charAt(0) >= '2'
        && s.charAt(0) <= '6'
        && weighted(s, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digit(s, 8);
  }

  /** NRIC and FIN: S, T, F, G or M, seven digits, check letter. */
  public static boolean nric(String s) {
    char kind = s.charAt(0);
    String letters = switch (kind) {
      case 'S', 'T' -> "JZIHGFEDCBA";
      case 'F', 'G' -> "XWUTRQPNMLK";
      case 'M' -> "KLJNPQRTUWX";
      default -> "";
    };
    if (letters.isEmpty()) {
      return false;
    }
    int offset = switch (kind) {
      case 'T', 'G' -> 4;
      case 'M' -> 3;
      default -> 0;
    };
    int rest = (weighted(s.substring(1), 2, 7, 6, 5, 4, 3, 2) + offset) % 11;
    char expected = kind == 'M' ? letters.charAt(10 - rest) : letters.charAt(rest);
    return expected == s.charAt(8);
  }

  /** HKID with one or two letters; the check is 0 to 9 or A. */
  public static boolean hkid(String s) {
    int shift = s.length() - 8;
    int sum = shift == 0 ? 36 * 9 : (s.charAt(0) - 'A' + 10) * 9;
    sum += (s.charAt(shift) - 'A' + 10) * 8;
    for (int i = 0; i < 6; i++) {
      sum += digit(s, shift + 1 + i) * (7 - i);
    }
    int check = (11 - sum % 11) % 11;
    char last = s.charAt(s.length() - 1);
    return check == 10 ? last == 'A' : last == '0' + check;
  }

  public static boolean taiwan(String s) {
    int area = TAIWAN.indexOf(s.charAt(0)) + 10;
    int sum = area / 10 + area % 10 * 9;
    for (int i = 1; i < 9; i++) {
      sum += digit(s, i) * (9 - i);
    }
    return "1289".indexOf(s.charAt(1)) >= 0 && (sum + digit(s, 9)) % 10 == 0;
  }

  /** MyKad: birth date and place; no check digit. */
  public static boolean mykad(String s) {
    int place = number(s, 6, 8);
    boolean known = (place >= 1 && place <= 16) || place >= 21;
    return day(number(s, 2, 4), number(s, 4, 6))
        && known
        && place != 69
        && place != 70
        && place != 73;
  }

  public static boolean thailand(String s) {
    int check = (11 - weighted(s, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10;
    return s.charAt(0) != '0' && s.charAt(0) != '9' && check == digit(s, 12) && !uniform(s);
  }

  /** NIK: region, birth date (a woman's day raised by 40), serial; no check digit. */
  public static boolean nik(String s) {
    int province = number(s, 0, 2);
    return province >= 11
        && province <= 96
        && number(s, 2, 4) != 0
        && day(number(s, 8, 10), number(s, 6, 8) % 40)
        && number(s, 12, 16) != 0;
  }

  /** Resident identity number of China, GB 11643-1999. */
  public static boolean chinaResident(String s) {
    int year = number(s, 6, 10);
    int region = number(s, 0, 2);
    return year >= 1880
        && year <= 2099
        && region >= 11
        && region <= 91
        && day(number(s, 10, 12), number(s, 12, 14))
        && Checksums.mod112(s);
  }

  /** Unified social credit code of China, GB 32100-2015. */
  public static boolean uscc(String s) {
    int[] weights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      int value = USCC.indexOf(s.charAt(i));
      if (value < 0) {
        return false;
      }
      sum += value * weights[i];
    }
    return "159ANY".indexOf(s.charAt(0)) >= 0
        && number(s, 2, 4) >= 10
        && USCC.charAt((31 - sum % 31) % 31) == s.charAt(17);
  }

  public static boolean myNumber(String s) {
    int rest = weighted(s, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    return (rest <= 1 ? 0 : 11 - rest) == digit(s, 11) && !uniform(s);
  }

  /** RRN and the number of registered foreigners; the check digit holds until October 2020. */
  public static boolean rrn(String s) {
    int check = (11 - weighted(s, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
    int foreign = (13 - weighted(s, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
    boolean resident = "56789".indexOf(s.charAt(6)) < 0 || s.charAt(6) == '9';
    return day(number(s, 2, 4), number(s, 4, 6))
        && (check == digit(s, 12) || (!resident && foreign == digit(s, 12)));
  }

  /** The same without check digit, as given out since October 2020. */
  public static boolean anyRrn(String s) {
    return day(number(s, 2, 4), number(s, 4, 6)) && s.charAt(6) >= '1' && s.charAt(6) <= '8';
  }

  /** Business registration number of Korea. */
  public static boolean koreaBusiness(String s) {
    int sum = weighted(s, 1, 3, 7, 1, 3, 7, 1, 3, 5) + digit(s, 8) * 5 / 10;
    return number(s, 0, 3) >= 101 && (10 - sum % 10) % 10 == digit(s, 9);
  }
}
