package dev.weir.guardrail.pii.check;

import static dev.weir.guardrail.pii.check.Checksums.digit;
import static dev.weir.guardrail.pii.check.Checksums.luhn;
import static dev.weir.guardrail.pii.check.Checksums.luhnSum;
import static dev.weir.guardrail.pii.check.Checksums.number;
import static dev.weir.guardrail.pii.check.Checksums.uniform;
import static dev.weir.guardrail.pii.check.Checksums.weighted;

/** Identifiers of North and South America. */
public final class Americas {
  private static final String CURP = "0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ";
  private static final String RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ \u00d1";
  private static final String CURP_STATES =
      "AS BC BS CC CS CH CL CM DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE";

  private Americas() {}

  /** Social security number: ranges that are never given out and the two best-known printed ones are left out. */
  public static boolean ssn(String s) {
    int area = number(s, 0, 3);
    return area != 0
        && area != 666
        && area < 900
        && number(s, 3, 5) != 0
        && number(s, 5, 9) != 0
        && !uniform(s)
        && !s.equals("078051120")
        && !s.equals("219099999");
  }

  public static boolean itin(String s) {
    int group = number(s, 3, 5);
    return s.charAt(0) == '9'
        && ((group >= 50 && group <= 65)
            || (group >= 70 && group <= 88)
            || (group >= 90 && group <= 92)
            || (group >= 94 && group <= 99));
  }

  /** Employer identification number: the prefix is one of the campuses'. */
  public static boolean ein(String s) {
    int prefix = number(s, 0, 2);
    return prefix != 0
        && !(prefix >= 7 && prefix <= 9)
        && !(prefix >= 17 && prefix <= 19)
        && !(prefix >= 28 && prefix <= 29)
        && prefix != 49
        && prefix != 69
        && prefix != 70
        && prefix != 78
        && prefix != 79
        && prefix != 89
        && prefix != 96
        && prefix != 97;
  }

  /** ABA routing number: weights 3 7 1. */
  public static boolean aba(String s) {
    int district = number(s, 0, 2);
    boolean known = district <= 12
        || (district >= 21 && district <= 32)
        || (district >= 61 && district <= 72)
        || district == 80;
    return known && weighted(s, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0 && !uniform(s);
  }

  /** National provider identifier: Luhn behind the prefix 80840, whose sum is 24. */
  public static boolean npi(String s) {
    return s.charAt(0) <= '2'
        && s.charAt(0) >= '1'
        && (luhnSum(s, 0, 10) + 24) % 10 == 0
        && !uniform(s);
  }

  /** Medicare beneficiary identifier: letters S L O I B Z never occur. */
  public static boolean mbi(String s) {
    for (int i = 0; i < s.length(); i++) {
      if ("SLOIBZ".indexOf(s.charAt(i)) >= 0) {
        return false;
      }
    }
    return s.charAt(0) != '0';
  }

  public static boolean sin(String s) {
    return s.charAt(0) != '8' && luhn(s) && !uniform(s);
  }

  public static boolean cpf(String s) {
    int first = weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(s, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return !uniform(s) && first == digit(s, 9) && second == digit(s, 10);
  }

  /** CNPJ, alphanumeric since July 2026: a character counts as its code less 48. */
  public static boolean cnpj(String s) {
    int first = (11 - cnpjSum(s, 12) % 11) % 11 % 10;
    int second = (11 - cnpjSum(s, 13) % 11) % 11 % 10;
    return !s.startsWith("000000000000")
        && !uniform(s)
        && first == digit(s, 12)
        && second == digit(s, 13);
  }

  private static int cnpjSum(String s, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (s.charAt(i) - 48) * (2 + (length - 1 - i) % 8);
    }
    return sum;
  }

  public static boolean curp(String s) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (18 - i) * CURP.indexOf(s.charAt(i));
    }
    return Checksums.day(number(s, 6, 8), number(s, 8, 10))
        && "HMX".indexOf(s.charAt(10)) >= 0
        && CURP_STATES.contains(s.substring(11, 13))
        && (10 - sum % 10) % 10 == digit(s, 17);
  }

  /** RFC of a person (13) or a company (12); the check character may be an A for ten. */
  public static boolean rfc(String s) {
    int shift = s.length() - 12;
    int sum = shift == 0 ? RFC.indexOf(' ') * 13 : 0;
    for (int i = 0; i < s.length() - 1; i++) {
      sum += RFC.indexOf(s.charAt(i)) * (s.length() - i);
    }
    int check = (11 - sum % 11) % 11;
    char last = s.charAt(s.length() - 1);
    return Checksums.day(number(s, shift + 5, shift + 7), number(s, shift + 7, shift + 9))
        && (check == 10 ? last == 'A' : last == '0' + check);
  }

  public static boolean cuit(String s) {
    int kind = number(s, 0, 2);
    boolean known = switch (kind) {
      case 20, 23, 24, 25, 26, 27, 30, 33, 34 -> true;
      default -> false;
    };
    return known && (11 - weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == digit(s, 10);
  }

  /** RUT: the last character is 0 to 9, or K for ten. */
  public static boolean rut(String s) {
    int sum = 0;
    for (int i = s.length() - 2, weight = 2; i >= 0; i--, weight = weight == 7 ? 2 : weight + 1) {
      int value = digit(s, i);
      if (value > 9) {
        return false;
      }
      sum += value * weight;
    }
    int check = (11 - sum % 11) % 11;
    char last = s.charAt(s.length() - 1);
    return !uniform(s) && (check == 10 ? last == 'K' : last == '0' + check);
  }
}
