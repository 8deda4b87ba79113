package dev.weir.guardrail.pii;

import java.util.Arrays;

/** The runs of ASCII letters and digits of one cluster, in order. For one thread. */
final class Words {
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] digits = new int[64];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void add(int start, int end, int digitCount) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      digits = Arrays.copyOf(digits, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    digits[size++] = digitCount;
  }

  int start(int i) {
    return starts[i];
  }

  int end(int i) {
    return ends[i];
  }

  int length(int i) {
    return ends[i] - starts[i];
  }

  /** How many of its characters are digits. */
  int digits(int i) {
    return digits[i];
  }

  /** The letters and digits of some words, in upper case. */
  String compact(String text, int first, int last) {
    var compact = new StringBuilder(ends[last] - starts[first]);
    for (int i = first; i <= last; i++) {
      for (int at = starts[i]; at < ends[i]; at++) {
        char c = text.charAt(at);
        compact.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
      }
    }
    return compact.toString();
  }
}
