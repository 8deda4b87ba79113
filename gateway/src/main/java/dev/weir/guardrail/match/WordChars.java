package dev.weir.guardrail.match;

import java.lang.Character.UnicodeScript;

/** Which characters make up words, and where one word ends. */
public final class WordChars {
  private WordChars() {}

  /**
   * Whether a character continues a word in a script that separates words: a letter or digit, but none of the scripts
   * that are written without spaces (Han, Kana, Thai …) nor Hangul, whose particles cling to the word before.
   */
  public static boolean joins(char c) {
    if (c < 128) {
      return isAsciiWord(c);
    }
    return c >= 0xAA && Character.isLetterOrDigit(c) && !flows(c);
  }

  /** Whether it is an ASCII letter or digit. */
  public static boolean isAsciiWord(char c) {
    return isDigit(c) || isAsciiLetter(c);
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isAsciiLetter(char c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z' && c < 128;
  }

  public static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /** One character without case; what has no single lower-case character stays. */
  public static char fold(char c) {
    if (c < 128) {
      return isUpper(c) ? (char) (c | 0x20) : c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  private static boolean flows(char c) {
    if (c < 0x0E00) {
      return false;
    }
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
      default -> false;
    };
  }
}
