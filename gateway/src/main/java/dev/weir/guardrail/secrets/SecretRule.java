package dev.weir.guardrail.secrets;

import dev.weir.guardrail.match.WordChars;
import java.util.function.Predicate;

/**
 * One form of one provider's secret: a prefix and what follows it. Immutable.
 *
 * @param id the dotted id: {@code secrets.github}
 * @param prefix what it begins with, case as given
 * @param letters what follows is made of
 * @param least fewest characters behind the prefix
 * @param most most of them
 * @param check what else holds of the whole
 */
record SecretRule(
    String id, String prefix, Letters letters, int least, int most, Predicate<String> check) {
  /** Below it the rest of a key is a placeholder: xxxxxxxx, 12345678. */
  private static final double LEAST_ENTROPY = 2.2;

  /**
   * Where the secret ends that begins at an offset at which the prefix stands; -1 when it is none. One that goes on in the
   * same characters is something else.
   */
  int end(String text, int start) {
    int from = start + prefix.length();
    int end = letters.end(text, from, most + 1);
    // an address or a path ends in what ends a sentence
    while (end > from && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
      end--;
    }
    int length = end - from;
    boolean fits = length >= least && length <= most && !more(text, end);
    return fits
            && Entropy.of(text, from, end) >= LEAST_ENTROPY
            && check.test(text.substring(start, end))
        ? end
        : -1;
  }

  private boolean more(String text, int end) {
    return end < text.length()
        && (letters.holds(text.charAt(end)) || WordChars.isAsciiWord(text.charAt(end)))
        && text.charAt(end) != '.'
        && text.charAt(end) != '-';
  }
}
