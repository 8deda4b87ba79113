package dev.weir.protocol.json;

import java.nio.charset.StandardCharsets;

/** JSON string escapes, read from strings that are known to be valid. */
final class Escapes {
  private Escapes() {}

  /** The text of a string's inside. A lone surrogate, possible by escape only, stays one. */
  static String text(byte[] in, int from, int to) {
    int first = Bytes.quoteOrBackslash(in, from, to);
    if (first == to) {
      return new String(in, from, to - from, StandardCharsets.UTF_8);
    }
    var text = new StringBuilder(to - from);
    int at = from;
    while (true) {
      text.append(new String(in, at, first - at, StandardCharsets.UTF_8));
      if (first == to) {
        return text.toString();
      }
      text.append((char) unit(in, first));
      at = first + length(in, first);
      first = Bytes.quoteOrBackslash(in, at, to);
    }
  }

  /**
   * Writes a string's inside as UTF-8, a lone surrogate as the three bytes it would have: equal texts are equal bytes.
   *
   * @param out holds at least {@code to - from} bytes after {@code start}: unescaping never lengthens
   * @return the offset after what was written
   */
  static int unescape(byte[] in, int from, int to, byte[] out, int start) {
    int o = start;
    int i = from;
    while (i < to) {
      if (in[i] != '\\') {
        out[o++] = in[i++];
        continue;
      }
      int point = unit(in, i);
      i += length(in, i);
      if (Character.isHighSurrogate((char) point) && i <= to - 6 && in[i] == '\\') {
        int low = unit(in, i);
        if (Character.isLowSurrogate((char) low)) {
          point = Character.toCodePoint((char) point, (char) low);
          i += 6;
        }
      }
      o = utf8(point, out, o);
    }
    return o;
  }

  private static int length(byte[] in, int at) {
    return in[at + 1] == 'u' ? 6 : 2;
  }

  /** The UTF-16 unit that the escape stands for. */
  private static int unit(byte[] in, int at) {
    return switch (in[at + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> Bytes.hex4(in, at + 2);
      default -> in[at + 1];
    };
  }

  private static int utf8(int point, byte[] out, int start) {
    int o = start;
    if (point < 0x80) {
      out[o++] = (byte) point;
      return o;
    }
    if (point < 0x800) {
      out[o++] = (byte) (0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        out[o++] = (byte) (0xe0 | (point >> 12));
      } else {
        out[o++] = (byte) (0xf0 | (point >> 18));
        out[o++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      }
      out[o++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    }
    out[o++] = (byte) (0x80 | (point & 0x3f));
    return o;
  }
}
