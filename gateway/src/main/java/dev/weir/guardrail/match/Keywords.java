package dev.weir.guardrail.match;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * A fixed list of words, all found in one pass over a text (Aho and Corasick, 1975) whose time depends on the text's
 * length alone. Immutable.
 *
 * <p>It takes about four bytes for each character of the list and each different character in it.
 */
public final class Keywords {
  /** What counts as the same letter. */
  public enum Letters {
    FOLDED,
    EXACT
  }

  /** Where a word may stand. */
  public enum Bounds {
    /** Not inside a longer word. */
    WORD,
    ANYWHERE
  }

  /** Told of each hit, in the order of their ends. */
  @FunctionalInterface
  public interface Hits {
    /** @param word index in the list as it was given */
    void at(int word, int start, int end);
  }

  private final Letters letters;
  private final Bounds bounds;
  private final int[] lengths;
  private final short[] ascii = new short[128];
  private final char[] others;
  private final int width;
  private final int[] next;
  /** Per state the word that ends here, -1 for none. */
  private final int[] word;
  /** Per state the next state along the suffixes in which a word ends, 0 for none. */
  private final int[] suffix;
  /** Per word the next one in the list that is the same, -1 for none. */
  private final int[] twin;

  private Keywords(List<String> words, Letters letters, Bounds bounds) {
    this.letters = letters;
    this.bounds = bounds;
    this.lengths = words.stream().mapToInt(String::length).toArray();
    this.others = alphabet(words);
    this.width = number() + others.length;
    int states = 1 + Arrays.stream(lengths).sum();
    this.next = new int[states * width];
    this.word = new int[states];
    this.suffix = new int[states];
    this.twin = new int[words.size()];
    Arrays.fill(word, -1);
    Arrays.fill(twin, -1);
    for (int i = 0, used = 1; i < words.size(); i++) {
      used = plant(words.get(i), i, used);
    }
    link();
  }

  /**
   * @param words none empty
   * @throws IllegalArgumentException when a word is empty
   */
  public static Keywords of(List<String> words, Letters letters, Bounds bounds) {
    if (words.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("an empty word");
    }
    return new Keywords(words, letters, bounds);
  }

  /** Length of the longest word, in UTF-16 units; 0 for an empty list. */
  public int longest() {
    return Arrays.stream(lengths).max().orElse(0);
  }

  /** Reports each hit that lies within the text from one offset to another. */
  public void scan(CharSequence text, int from, int to, Hits hits) {
    int state = 0;
    for (int i = from; i < to; i++) {
      int column = column(text.charAt(i));
      state = column == 0 ? 0 : next[state * width + column];
      for (int at = word[state] >= 0 ? state : suffix[state]; at != 0; at = suffix[at]) {
        report(text, at, i + 1, hits);
      }
    }
  }

  private void report(CharSequence text, int state, int end, Hits hits) {
    int start = end - lengths[word[state]];
    if (bounds == Bounds.WORD && !(freeBefore(text, start) && freeAfter(text, end))) {
      return;
    }
    for (int which = word[state]; which >= 0; which = twin[which]) {
      hits.at(which, start, end);
    }
  }

  private static boolean freeBefore(CharSequence text, int start) {
    return start == 0
        || !WordChars.joins(text.charAt(start - 1))
        || !WordChars.joins(text.charAt(start));
  }

  private static boolean freeAfter(CharSequence text, int end) {
    return end == text.length()
        || !WordChars.joins(text.charAt(end))
        || !WordChars.joins(text.charAt(end - 1));
  }

  /** The column of a character in the table; 0 for one that is in no word. */
  private int column(char c) {
    if (c < 128) {
      return ascii[c];
    }
    char same = letters == Letters.FOLDED ? WordChars.fold(c) : c;
    if (same < 128) {
      return ascii[same];
    }
    int at = Arrays.binarySearch(others, same);
    return at < 0 ? 0 : width - others.length + at;
  }

  /** Gives ASCII characters their columns and returns the other characters, sorted. */
  private char[] alphabet(List<String> words) {
    var chars = words.stream()
        .flatMapToInt(String::chars)
        .map(c -> letters == Letters.FOLDED ? WordChars.fold((char) c) : c)
        .distinct()
        .sorted()
        .toArray();
    short column = 1;
    for (int c : chars) {
      if (c < 128) {
        ascii[c] = column++;
      }
    }
    if (letters == Letters.FOLDED) {
      for (char c = 'A'; c <= 'Z'; c++) {
        ascii[c] = ascii[WordChars.fold(c)];
      }
    }
    var rest = Arrays.stream(chars).filter(c -> c >= 128).toArray();
    var sorted = new char[rest.length];
    for (int i = 0; i < rest.length; i++) {
      sorted[i] = (char) rest[i];
    }
    return sorted;
  }

  /** One more than the last column of an ASCII character. */
  private int number() {
    int last = 0;
    for (short column : ascii) {
      last = Math.max(last, column);
    }
    return last + 1;
  }

  private int plant(String text, int index, int firstFree) {
    int used = firstFree;
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      int edge = state * width + column(text.charAt(i));
      if (next[edge] == 0) {
        next[edge] = used++;
      }
      state = next[edge];
    }
    twin[index] = word[state];
    word[state] = index;
    return used;
  }

  /** Turns the tree into an automaton that never looks back. */
  private void link() {
    var fail = new int[word.length];
    var queue = new ArrayDeque<Integer>();
    for (int column = 0; column < width; column++) {
      if (next[column] != 0) {
        queue.add(next[column]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int back = fail[state];
      suffix[state] = word[back] >= 0 ? back : suffix[back];
      for (int column = 0; column < width; column++) {
        int edge = state * width + column;
        if (next[edge] == 0) {
          next[edge] = next[back * width + column];
        } else {
          fail[next[edge]] = next[back * width + column];
          queue.add(next[edge]);
        }
      }
    }
  }
}
