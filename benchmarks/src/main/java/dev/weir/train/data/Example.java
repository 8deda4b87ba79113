package dev.weir.train.data;

/**
 * One labelled text.
 *
 * @param source the folder, or the generator, that it comes from
 * @param language two letters, or {@code xx} where nobody said
 * @param text what it says; an attack inside a document stands between {@link #OPEN} and {@link #CLOSE} until the
 *     example is made
 * @param weight how much it counts; 1 is usual
 * @param from where the attack begins in the text; 0 when all of it is what the labels say
 * @param to where it ends
 */
public record Example(
    String source, String language, String text, Labels labels, float weight, int from, int to) {
  /** Stands before an attack in a generated document. */
  public static final char OPEN = '\uE000';

  /** Stands behind it. */
  public static final char CLOSE = '\uE001';

  public Example {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an empty text in " + source);
    }
  }

  public static Example of(
      String source, String language, String marked, Labels labels, float weight) {
    int open = marked.indexOf(OPEN);
    int close = marked.indexOf(CLOSE);
    if (open < 0 || close < open) {
      return new Example(source, language, marked, labels, weight, 0, marked.length());
    }
    var text =
        marked.substring(0, open) + marked.substring(open + 1, close) + marked.substring(close + 1);
    return new Example(source, language, text, labels, weight, open, close - 1);
  }

  /** Whether its labels speak of all of the text. */
  public boolean whole() {
    return from == 0 && to == text.length();
  }

  /** The same under another weight. */
  public Example weighing(float other) {
    return new Example(source, language, text, labels, other, from, to);
  }
}
