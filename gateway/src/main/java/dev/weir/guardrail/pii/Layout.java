package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import java.util.ArrayList;
import java.util.List;

/**
 * One way of writing an identifier: groups of characters and what stands between them. Immutable.
 *
 * <p>In a mask 9 is a digit, A a letter, X either, H a hexadecimal digit; a tilde is a space, hyphen, dot or slash, the same
 * one throughout; any other character is itself.
 *
 * @param groups lengths of the groups, packed as {@link #pack}
 * @param kinds the mask without separators
 * @param separators one string between each two groups
 */
record Layout(long groups, String kinds, List<String> separators) {
  private static final char FREE = '~';

  Layout {
    separators = List.copyOf(separators);
  }

  /** Reads masks separated by bars; a mask with tildes also stands for the same without separators. */
  static List<Layout> read(String masks) {
    var layouts = new ArrayList<Layout>();
    for (String mask : masks.split("\\|", -1)) {
      layouts.add(one(mask));
      if (mask.indexOf(FREE) >= 0) {
        layouts.add(one(mask.replace("~", "")));
      }
    }
    return layouts;
  }

  private static Layout one(String mask) {
    long groups = 0;
    var kinds = new StringBuilder();
    var separators = new ArrayList<String>();
    for (int i = 0; i < mask.length(); ) {
      int end = run(mask, i, true);
      groups = pack(groups, end - i);
      kinds.append(mask, i, end);
      int next = run(mask, end, false);
      if (next > end && next < mask.length()) {
        separators.add(mask.substring(end, next));
      }
      i = next;
    }
    return new Layout(groups, kinds.toString(), separators);
  }

  private static int run(String mask, int from, boolean ofWord) {
    int i = from;
    while (i < mask.length() && WordChars.isAsciiWord(mask.charAt(i)) == ofWord) {
      i++;
    }
    return i;
  }

  /** Adds a group's length behind others; up to ten groups of up to 63 characters. */
  static long pack(long groups, int length) {
    return (groups << 6) | Math.min(length, 63);
  }

  /** Whether it is written in one run. */
  boolean plain() {
    return separators.isEmpty();
  }

  /** Whether no letter can stand in it. */
  boolean digitsOnly() {
    return kinds.chars().allMatch(kind -> kind == '9');
  }

  /** Whether it is of hexadecimal digits, whose case means nothing. */
  boolean hexadecimal() {
    return kinds.indexOf('H') >= 0;
  }

  /** The longest text that matches, in characters. */
  int length() {
    return kinds.length() + separators.stream().mapToInt(String::length).sum();
  }

  /** Whether the bare characters, in upper case, are of the right kinds. */
  boolean holds(String compact) {
    for (int i = 0; i < kinds.length(); i++) {
      if (!fits(kinds.charAt(i), compact.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the separators of a text's words, first to last, are the mask's. */
  boolean separatedIn(String text, Words words, int first, int last) {
    char free = 0;
    for (int i = first; i < last; i++) {
      int from = words.end(i);
      int length = words.start(i + 1) - from;
      var separator = separators.get(i - first);
      if (separator.charAt(0) == FREE) {
        char c = text.charAt(from);
        if (length != 1 || " -./".indexOf(c) < 0 || (free != 0 && free != c)) {
          return false;
        }
        free = c;
      } else if (length != separator.length() || !text.startsWith(separator, from)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char kind, char c) {
    return switch (kind) {
      case '9' -> WordChars.isDigit(c);
      case 'A' -> WordChars.isUpper(c);
      case 'H' -> WordChars.isDigit(c) || (c >= 'A' && c <= 'F');
      default -> true;
    };
  }
}
