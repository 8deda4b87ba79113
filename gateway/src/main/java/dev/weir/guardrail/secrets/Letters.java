package dev.weir.guardrail.secrets;

import dev.weir.guardrail.match.WordChars;

/** The characters that a secret is made of. */
enum Letters {
  ALPHANUMERIC,
  /** Letters, digits, hyphen, underscore. */
  URL_SAFE,
  /** The same with dots. */
  DOTTED,
  BASE64,
  HEX,
  /** Capitals and digits. */
  CAPITAL,
  DIGITS;

  boolean holds(char c) {
    return switch (this) {
      case ALPHANUMERIC -> WordChars.isAsciiWord(c);
      case URL_SAFE -> WordChars.isAsciiWord(c) || c == '-' || c == '_';
      case DOTTED -> WordChars.isAsciiWord(c) || c == '-' || c == '_' || c == '.';
      case BASE64 -> WordChars.isAsciiWord(c) || c == '+' || c == '/' || c == '=';
      case HEX -> c < 128 && Character.digit(c, 16) >= 0;
      case CAPITAL -> WordChars.isUpper(c) || WordChars.isDigit(c);
      case DIGITS -> WordChars.isDigit(c);
    };
  }

  /** Where a run of these characters from an offset on ends, at most so many on. */
  int end(String text, int from, int most) {
    int limit = (int) Math.min(text.length(), (long) from + most);
    int i = from;
    while (i < limit && holds(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
