package dev.weir.protocol.json;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Arrays;

/**
 * One strict pass over a document (RFC 8259), which notes where the members of the outermost object lie.
 *
 * <p>Refuses what parsers disagree about: duplicate keys, invalid UTF-8, a byte order mark, anything after the document,
 * deep nesting. A lone surrogate written as an escape is valid by the grammar and passes. Not thread-safe; one document.
 */
final class JsonScanner {
  private final byte[] in;
  private final int from;
  private final int end;
  private final int maxDepth;
  private final KeyCheck keys;
  private int at;
  private boolean escaped;

  /** Four offsets a member: name (inside the quotes) from and to, value from and to. */
  private int[] members = new int[4 * 12];

  private int memberCount;

  JsonScanner(byte[] in, int from, int end, int maxDepth) {
    this.in = in;
    this.from = from;
    this.at = from;
    this.end = end;
    this.maxDepth = maxDepth;
    this.keys = new KeyCheck(in);
  }

  /** Checks it all; the offset of the outermost value. */
  int document() {
    space();
    if (at == end) {
      throw fail("the document is empty", at);
    }
    refuseOtherEncodings();
    int start = at;
    value(0);
    space();
    if (at < end) {
      throw fail("unexpected bytes after the document", at);
    }
    return start;
  }

  int[] members() {
    return members;
  }

  int memberCount() {
    return memberCount;
  }

  private void refuseOtherEncodings() {
    int first = in[at] & 0xff;
    if (first == 0xef && end - at >= 3 && (in[at + 1] & 0xff) == 0xbb) {
      throw fail("a byte order mark is not allowed", at);
    }
    if (first == 0 || first >= 0xfe || (end - at > 1 && in[at + 1] == 0)) {
      throw fail("the document is not UTF-8", at);
    }
  }

  private void value(int depth) {
    if (at == end) {
      throw fail("the document ends too early", at);
    }
    switch (in[at]) {
      case '"' -> {
        at++;
        string();
      }
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw fail("unexpected byte where a value belongs", at);
    }
  }

  private void object(int depth) {
    deeper(depth);
    keys.open();
    at++;
    space();
    if (peek() == '}') {
      at++;
    } else {
      do {
        member(depth);
      } while (more('}'));
    }
    keys.close();
  }

  private void member(int depth) {
    space();
    if (peek() != '"') {
      throw fail("a member's name must be a string", at);
    }
    int nameFrom = ++at;
    string();
    int nameTo = at - 1;
    if (!keys.add(nameFrom, nameTo, escaped)) {
      throw fail("duplicate key", nameFrom - 1);
    }
    space();
    if (peek() != ':') {
      throw fail("a colon is missing after a member's name", at);
    }
    at++;
    space();
    int valueFrom = at;
    value(depth);
    if (depth == 1) {
      note(nameFrom, nameTo, valueFrom);
    }
  }

  private void note(int nameFrom, int nameTo, int valueFrom) {
    int slot = 4 * memberCount++;
    if (slot == members.length) {
      members = Arrays.copyOf(members, 2 * slot);
    }
    members[slot] = nameFrom;
    members[slot + 1] = nameTo;
    members[slot + 2] = valueFrom;
    members[slot + 3] = at;
  }

  private void array(int depth) {
    deeper(depth);
    at++;
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    do {
      space();
      value(depth);
    } while (more(']'));
  }

  /** After a member or element: whether another follows. */
  private boolean more(char close) {
    space();
    int next = peek();
    if (next != ',' && next != close) {
      throw fail(close == '}' ? "a comma or } is missing" : "a comma or ] is missing", at);
    }
    at++;
    return next == ',';
  }

  private void deeper(int depth) {
    if (depth > maxDepth) {
      throw fail("nested deeper than " + maxDepth + " levels", at);
    }
  }

  /** Passes a string whose opening quote is behind, its closing quote included; notes whether it holds escapes. */
  private void string() {
    escaped = false;
    int open = at - 1;
    while (true) {
      at = Bytes.plainUntil(in, at, end);
      if (at == end) {
        throw fail("a string is not closed", open);
      }
      int b = in[at];
      if (b == '"') {
        at++;
        return;
      }
      if (b == '\\') {
        escaped = true;
        escape();
      } else if (b >= 0) {
        throw fail("a control character in a string must be escaped", at);
      } else {
        // one such character is seldom alone
        do {
          at = multibyte(at);
        } while (at < end && in[at] < 0);
      }
    }
  }

  private void escape() {
    int start = at;
    at += 2;
    if (at > end) {
      throw fail("an escape is cut short", start);
    }
    switch (in[start + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {}
      case 'u' -> {
        at += 4;
        if (at > end || Bytes.hex4(in, start + 2) < 0) {
          throw fail("four hexadecimal digits must follow \\u", start);
        }
      }
      default -> throw fail("unknown escape", start);
    }
  }

  /** The offset after one well-formed multi-byte character (Unicode table 3-7). */
  private int multibyte(int i) {
    int lead = in[i] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf && continues(i + 1, 0x80, 0xbf)) {
      return i + 2;
    }
    if ((lead & 0xf0) == 0xe0) {
      int low = lead == 0xe0 ? 0xa0 : 0x80;
      int high = lead == 0xed ? 0x9f : 0xbf;
      if (continues(i + 1, low, high) && continues(i + 2, 0x80, 0xbf)) {
        return i + 3;
      }
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      int low = lead == 0xf0 ? 0x90 : 0x80;
      int high = lead == 0xf4 ? 0x8f : 0xbf;
      if (continues(i + 1, low, high)
          && continues(i + 2, 0x80, 0xbf)
          && continues(i + 3, 0x80, 0xbf)) {
        return i + 4;
      }
    }
    throw fail("invalid UTF-8", i);
  }

  private boolean continues(int i, int low, int high) {
    return i < end && (in[i] & 0xff) >= low && (in[i] & 0xff) <= high;
  }

  private void number() {
    if (in[at] == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
      if (isDigit(peek())) {
        throw fail("a number must not start with a zero", at - 1);
      }
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if ((peek() | 0x20) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    int first = at;
    while (at < end && isDigit(in[at])) {
      at++;
    }
    if (at == first) {
      throw fail("a digit is missing in a number", at);
    }
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private void literal(String word) {
    int start = at;
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw fail("unexpected byte where a value belongs", start);
      }
    }
  }

  private void space() {
    at = Bytes.space(in, at, end);
  }

  /** The next byte; -1 at the end, which equals no ASCII character. */
  private int peek() {
    return at < end ? in[at] : -1;
  }

  private GatewayException fail(String reason, int position) {
    return GatewayException.of(
        ErrorCode.INVALID_JSON, "Invalid JSON: " + reason + " (byte " + (position - from) + ").");
  }
}
