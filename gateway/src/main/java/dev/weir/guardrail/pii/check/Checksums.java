package dev.weir.guardrail.pii.check;

/**
 * The check-digit schemes that identifiers share. All take the bare characters, digits unless said otherwise.
 *
 * <p>Sources: ISO/IEC 7812-1 (Luhn), ISO/IEC 7064:2003 (mod 11-2, 11-10, 97-10), J. Verhoeff, Error Detecting Decimal Codes
 * (1969).
 */
public final class Checksums {
  private static final String[] VERHOEFF_PRODUCT = {
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
  };
  private static final String[] VERHOEFF_PERMUTATION = {
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258"
  };

  private Checksums() {}

  public static int digit(String s, int at) {
    return s.charAt(at) - '0';
  }

  /** Value of the digits from one offset to another. */
  public static int number(String s, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + digit(s, i);
    }
    return value;
  }

  /** Whether the last digit makes the whole a Luhn number. */
  public static boolean luhn(String s) {
    return luhnSum(s, 0, s.length()) % 10 == 0;
  }

  /** Luhn's sum of a range, its last digit taken as the check digit. */
  static int luhnSum(String s, int from, int to) {
    int sum = 0;
    for (int i = to - 1, place = 0; i >= from; i--, place++) {
      int value = digit(s, i) << (place & 1);
      sum += value > 9 ? value - 9 : value;
    }
    return sum;
  }

  public static boolean verhoeff(String s) {
    int check = 0;
    for (int i = 0; i < s.length(); i++) {
      int value = digit(s, s.length() - 1 - i);
      int permuted = VERHOEFF_PERMUTATION[i % 8].charAt(value) - '0';
      check = VERHOEFF_PRODUCT[check].charAt(permuted) - '0';
    }
    return check == 0;
  }

  /** Sum of the first digits, each times its weight. */
  public static int weighted(String s, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * digit(s, i);
    }
    return sum;
  }

  /** ISO 7064 mod 11-10, check digit last. */
  public static boolean mod1110(String s) {
    int product = 10;
    for (int i = 0; i < s.length() - 1; i++) {
      int sum = (digit(s, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(s, s.length() - 1);
  }

  /** ISO 7064 mod 11-2, check character last, X for ten. */
  public static boolean mod112(String s) {
    int sum = 0;
    for (int i = 0; i < s.length() - 1; i++) {
      sum = (sum + digit(s, i)) * 2 % 11;
    }
    int check = (12 - sum) % 11;
    char last = s.charAt(s.length() - 1);
    return check == 10 ? last == 'X' : last == '0' + check;
  }

  /** Remainder by 97 of a number in which letters stand for 10 to 35, as ISO 7064 mod 97-10 reads them. */
  public static int mod97(CharSequence s) {
    int rest = 0;
    for (int i = 0; i < s.length(); i++) {
      int value = Character.digit(s.charAt(i), 36);
      rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
    }
    return rest;
  }

  /** Whether all characters are the same, as in numbers that people make up. */
  public static boolean uniform(String s) {
    for (int i = 1; i < s.length(); i++) {
      if (s.charAt(i) != s.charAt(0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether day and month can stand together; the year is not known, so 29 February can. */
  public static boolean day(int month, int day) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day
        <= switch (month) {
          case 2 -> 29;
          case 4, 6, 9, 11 -> 30;
          default -> 31;
        };
  }
}
