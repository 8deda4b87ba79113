package dev.weir.guardrail;

import java.util.Arrays;

/** Characters under way to a text, each with the span of the original that it came from. Not thread-safe. */
final class TextBuilder {
  private char[] chars;
  private int[] starts;
  private int[] ends;
  private int size;

  TextBuilder(int capacity) {
    chars = new char[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
  }

  /** Adds one UTF-16 unit that stands for the original from {@code start} to {@code end}. */
  void add(char c, int start, int end) {
    if (size == chars.length) {
      int capacity = Math.max(16, 2 * size);
      chars = Arrays.copyOf(chars, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    chars[size] = c;
    starts[size] = start;
    ends[size++] = end;
  }

  /** Adds all of a text, each of its units for the same span of the original. */
  void add(CharSequence text, int start, int end) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i), start, end);
    }
  }

  int size() {
    return size;
  }

  char charAt(int i) {
    return chars[i];
  }

  void set(int i, char c) {
    chars[i] = c;
  }

  /** Puts another unit in the place of one, and has its span reach to here. */
  void extend(int i, char c, int end) {
    chars[i] = c;
    ends[i] = end;
  }

  String text() {
    return new String(chars, 0, size);
  }

  int[] starts() {
    return Arrays.copyOf(starts, size);
  }

  int[] ends() {
    return Arrays.copyOf(ends, size);
  }
}
