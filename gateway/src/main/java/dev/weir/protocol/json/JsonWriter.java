package dev.weir.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes documents of our own making as UTF-8; commas come by themselves. The caller closes what it opens. Not
 * thread-safe.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] out;
  private int size;

  public JsonWriter() {
    this(256);
  }

  private JsonWriter(int room) {
    out = new byte[room];
  }

  /** A string as JSON, quotes included. */
  public static byte[] string(String text) {
    return new JsonWriter(text.length() + 2).value(text).bytes();
  }

  public JsonWriter object() {
    comma();
    return put('{');
  }

  public JsonWriter endObject() {
    return put('}');
  }

  public JsonWriter array() {
    comma();
    return put('[');
  }

  public JsonWriter endArray() {
    return put(']');
  }

  public JsonWriter name(String name) {
    return value(name).put(':');
  }

  /** A string; control characters and lone surrogates are escaped, all else stays as it is. */
  public JsonWriter value(String text) {
    comma();
    put('"');
    for (int i = 0; i < text.length(); i++) {
      i = character(text, i);
    }
    return put('"');
  }

  public JsonWriter value(long number) {
    comma();
    return ascii(Long.toString(number));
  }

  /**
   * The shortest decimal that reads back as the same float.
   *
   * @throws IllegalArgumentException for what JSON cannot say: NaN and infinities
   */
  public JsonWriter value(float number) {
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no " + number);
    }
    comma();
    return ascii(Float.toString(number));
  }

  public JsonWriter value(boolean truth) {
    comma();
    return ascii(Boolean.toString(truth));
  }

  public JsonWriter nullValue() {
    comma();
    return ascii("null");
  }

  /** A value that is JSON already. */
  public JsonWriter raw(byte[] json) {
    comma();
    room(json.length);
    System.arraycopy(json, 0, out, size, json.length);
    size += json.length;
    return this;
  }

  /** A copy of what was written. */
  public byte[] bytes() {
    return Arrays.copyOf(out, size);
  }

  private int character(String text, int i) {
    char c = text.charAt(i);
    if (c >= 0x80) {
      return beyondAscii(text, i);
    }
    switch (c) {
      case '"', '\\' -> put('\\').put(c);
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        if (c < 0x20) {
          unit(c);
        } else {
          put(c);
        }
      }
    }
    return i;
  }

  private int beyondAscii(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x800) {
      put(0xc0 | (c >> 6));
    } else if (!Character.isSurrogate(c)) {
      put(0xe0 | (c >> 12)).put(0x80 | ((c >> 6) & 0x3f));
    } else {
      int point = text.codePointAt(i);
      if (point == c) {
        unit(c);
        return i;
      }
      put(0xf0 | (point >> 18)).put(0x80 | ((point >> 12) & 0x3f));
      put(0x80 | ((point >> 6) & 0x3f)).put(0x80 | (point & 0x3f));
      return i + 1;
    }
    put(0x80 | (c & 0x3f));
    return i;
  }

  private void unit(char c) {
    ascii("\\u")
        .put(HEX[c >> 12])
        .put(HEX[(c >> 8) & 15])
        .put(HEX[(c >> 4) & 15])
        .put(HEX[c & 15]);
  }

  private void comma() {
    if (size == 0) {
      return;
    }
    byte last = out[size - 1];
    if (last != '{' && last != '[' && last != ':') {
      put(',');
    }
  }

  private JsonWriter ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
    return this;
  }

  private JsonWriter put(int b) {
    room(1);
    out[size++] = (byte) b;
    return this;
  }

  private void room(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
    }
  }
}
