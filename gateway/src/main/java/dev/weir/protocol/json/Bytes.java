package dev.weir.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The inner loops over JSON's bytes, eight at a time where it pays. */
final class Bytes {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private Bytes() {}

  /** The first offset that holds no plain string byte: a quote, backslash, control character or one of 0x80 and above. */
  static int plainUntil(byte[] in, int from, int end) {
    int i = from;
    while (i <= end - 8) {
      long word = word(in, i);
      // a byte's high bit: not ASCII, below 0x20, a quote, a backslash; the lowest one set is exact
      long found =
          (word | (word - ONES * 0x20) | zero(word ^ ONES * '"') | zero(word ^ ONES * '\\')) & HIGH;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += 8;
    }
    while (i < end && in[i] >= 0x20 && in[i] != '"' && in[i] != '\\') {
      i++;
    }
    return i;
  }

  /** The first offset of a quote or backslash in a string that is known to be valid and closed. */
  static int quoteOrBackslash(byte[] in, int from, int end) {
    int i = from;
    while (i <= end - 8) {
      long word = word(in, i);
      long found = (zero(word ^ ONES * '"') | zero(word ^ ONES * '\\')) & HIGH;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += 8;
    }
    while (i < end && in[i] != '"' && in[i] != '\\') {
      i++;
    }
    return i;
  }

  static int space(byte[] in, int from, int end) {
    int i = from;
    while (i < end && (in[i] == ' ' || in[i] == '\n' || in[i] == '\r' || in[i] == '\t')) {
      i++;
    }
    return i;
  }

  static long word(byte[] in, int at) {
    return (long) WORD.get(in, at);
  }

  /** The value of four hexadecimal digits; -1 when one is none. */
  static int hex4(byte[] in, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      // Character.digit would take digits of other scripts, but a byte holds none of them
      int digit = in[i] < 0 ? -1 : Character.digit(in[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private static long zero(long word) {
    return (word - ONES) & ~word;
  }
}
