package dev.weir.guardrail;

import dev.weir.guardrail.NormalizedText.View;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Undoes the escapes of URLs (RFC 3986 §2.1), HTML, and the backslash of JSON and its relatives. Stateless. */
final class EscapedText {
  private static final Map<String, String> NAMED = Map.ofEntries(
      Map.entry("amp", "&"),
      Map.entry("lt", "<"),
      Map.entry("gt", ">"),
      Map.entry("quot", "\""),
      Map.entry("apos", "'"),
      Map.entry("nbsp", " "),
      Map.entry("commat", "@"),
      Map.entry("period", "."),
      Map.entry("colon", ":"),
      Map.entry("sol", "/"),
      Map.entry("num", "#"),
      Map.entry("equals", "="),
      Map.entry("lowbar", "_"),
      Map.entry("hyphen", "-"),
      Map.entry("dash", "-"),
      Map.entry("shy", ""));

  private static final int LONGEST_ENTITY = 10;

  private final NormalizedText text;
  private final String in;
  private final TextBuilder out;
  private boolean changed;

  private EscapedText(NormalizedText text) {
    this.text = text;
    this.in = text.text();
    this.out = new TextBuilder(in.length());
  }

  /** The text without escapes; empty when it has none. */
  static Optional<NormalizedText> of(NormalizedText text) {
    return new EscapedText(text).read();
  }

  private Optional<NormalizedText> read() {
    int i = 0;
    while (i < in.length()) {
      int next = switch (in.charAt(i)) {
        case '%' -> percent(i);
        case '&' -> entity(i);
        case '\\' -> backslash(i);
        default -> i;
      };
      if (next > i) {
        changed = true;
        i = next;
      } else {
        put(String.valueOf(in.charAt(i)), i, i + 1);
        i++;
      }
    }
    if (!changed) {
      return Optional.empty();
    }
    return Optional.of(
        EncodedRuns.normal(text.original(), out.text(), out.starts(), out.ends(), View.ESCAPED));
  }

  private void put(CharSequence decoded, int from, int to) {
    out.add(decoded, text.originalStart(from), text.originalEnd(to));
  }

  /** A run of percent escapes: together they are UTF-8, or each is a character of its own. */
  private int percent(int at) {
    var bytes = ByteBuffer.allocate((in.length() - at) / 3 + 1);
    int i = at;
    while (i + 2 < in.length() && in.charAt(i) == '%' && hex(in, i + 1, 2) >= 0) {
      bytes.put((byte) hex(in, i + 1, 2));
      i += 3;
      // one character at a time keeps its place: the run ends where the bytes read so far are whole
      var decoded = utf8(bytes);
      if (!decoded.isEmpty()) {
        put(decoded, at, i);
        return i;
      }
      if (bytes.position() == 4) {
        break;
      }
    }
    if (i > at) {
      put(String.valueOf((char) hex(in, at + 1, 2)), at, at + 3);
      return at + 3;
    }
    return at;
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(bytes.duplicate().flip())
          .toString();
    } catch (CharacterCodingException _) {
      return "";
    }
  }

  private int entity(int at) {
    int end = in.indexOf(';', at + 1);
    if (end < 0 || end - at < 3 || end - at > LONGEST_ENTITY) {
      return at;
    }
    var name = in.substring(at + 1, end);
    if (name.charAt(0) != '#') {
      var known = NAMED.get(name);
      if (known == null) {
        return at;
      }
      put(known, at, end + 1);
      return end + 1;
    }
    boolean inHex = name.length() > 1 && (name.charAt(1) | 32) == 'x';
    int point = number(name, inHex ? 2 : 1, inHex ? 16 : 10);
    if (point <= 0 || !Character.isValidCodePoint(point)) {
      return at;
    }
    put(Character.toString(point), at, end + 1);
    return end + 1;
  }

  private int backslash(int at) {
    if (at + 1 >= in.length()) {
      return at;
    }
    char kind = in.charAt(at + 1);
    int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
    if (digits == 0) {
      if ("nrt\"/\\".indexOf(kind) < 0) {
        return at;
      }
      put(
          kind == 'n' || kind == 'r' ? "\n" : kind == 't' ? "\t" : String.valueOf(kind),
          at,
          at + 2);
      return at + 2;
    }
    int value = hex(in, at + 2, digits);
    if (value < 0) {
      return at;
    }
    put(String.valueOf((char) value), at, at + 2 + digits);
    return at + 2 + digits;
  }

  private static int number(String text, int from, int radix) {
    int value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
      if (value > Character.MAX_CODE_POINT) {
        return -1;
      }
    }
    return text.length() > from ? value : -1;
  }

  /** The value of hexadecimal digits; -1 when there are not so many. */
  static int hex(String text, int at, int digits) {
    return at + digits <= text.length() ? number(text.substring(at, at + digits), 0, 16) : -1;
  }
}
