package dev.weir.usage;

/** Text that every database takes: what a client may have named a model is not. Stateless. */
final class PlainText {
  private static final int LONGEST = 300;
  private static final char REPLACEMENT = '\uFFFD';

  private PlainText() {}

  /** The same text without NUL and halves of characters, cut where it is very long. */
  static String of(String text) {
    var plain = true;
    for (var i = 0; i < text.length() && plain; i++) {
      var one = text.charAt(i);
      plain = one != 0 && !Character.isSurrogate(one);
    }
    return plain && text.length() <= LONGEST ? text : cleaned(text);
  }

  private static String cleaned(String text) {
    var clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(one -> one == 0 || (one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE)
            ? REPLACEMENT
            : one)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
