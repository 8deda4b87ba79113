package dev.weir.protocol.json;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One value in a checked document, read when asked. Immutable.
 *
 * <p>Numbers are never read as floating point: what a client wrote has more digits than a double keeps.
 *
 * @param start the offset of its first byte
 * @param end the offset after its last
 */
public record JsonValue(byte[] document, int start, int end) {
  /** What a value is. */
  public enum Type {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
  }

  public Type type() {
    return switch (document[start]) {
      case '{' -> Type.OBJECT;
      case '[' -> Type.ARRAY;
      case '"' -> Type.STRING;
      case 't', 'f' -> Type.BOOLEAN;
      case 'n' -> Type.NULL;
      default -> Type.NUMBER;
    };
  }

  public boolean is(Type type) {
    return type() == type;
  }

  public boolean isNull() {
    return document[start] == 'n';
  }

  /** Whether it is the literal true. */
  public boolean isTrue() {
    return document[start] == 't';
  }

  /**
   * A string's text, unescaped.
   *
   * @throws IllegalStateException when it is no string
   */
  public String asString() {
    expect(Type.STRING);
    return Escapes.text(document, start + 1, end - 1);
  }

  /** Whether it is a string of no characters. */
  public boolean isEmptyString() {
    return is(Type.STRING) && end - start == 2;
  }

  /**
   * A boolean.
   *
   * @throws IllegalStateException when it is none
   */
  public boolean asBoolean() {
    expect(Type.BOOLEAN);
    return isTrue();
  }

  /** An integer that fits exactly; empty for any other value, for a fraction, an exponent, or more than 64 bits. */
  public OptionalLong asLong() {
    if (!is(Type.NUMBER)) {
      return OptionalLong.empty();
    }
    boolean negative = document[start] == '-';
    // counted down, for the smallest long has no positive twin
    long value = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      int digit = document[i] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return OptionalLong.empty();
      }
      value *= 10;
      if (value < Long.MIN_VALUE + digit) {
        return OptionalLong.empty();
      }
      value -= digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(negative ? value : -value);
  }

  /**
   * An object's members, in order.
   *
   * @throws IllegalStateException when it is no object
   */
  public Iterable<JsonMember> members() {
    expect(Type.OBJECT);
    return () -> new Walk<>() {
      @Override
      JsonMember read(int at) {
        int nameEnd = Skip.string(document, at) - 1;
        int colon = Bytes.space(document, nameEnd + 1, end);
        int valueStart = Bytes.space(document, colon + 1, end);
        int valueEnd = Skip.value(document, valueStart, end);
        return new JsonMember(document, at + 1, nameEnd, valueStart, valueEnd);
      }

      @Override
      int after(JsonMember member) {
        return member.valueEnd();
      }
    };
  }

  /**
   * An array's elements, in order.
   *
   * @throws IllegalStateException when it is no array
   */
  public Iterable<JsonValue> elements() {
    expect(Type.ARRAY);
    return () -> new Walk<>() {
      @Override
      JsonValue read(int at) {
        return new JsonValue(document, at, Skip.value(document, at, end));
      }

      @Override
      int after(JsonValue element) {
        return element.end();
      }
    };
  }

  /** Whether an object or array holds nothing; false for any other value. */
  public boolean isEmpty() {
    byte first = document[start];
    return (first == '{' || first == '[') && Bytes.space(document, start + 1, end) == end - 1;
  }

  /** The value of an object's member; null when there is none, or when this is no object. */
  public @Nullable JsonValue find(String name) {
    if (!is(Type.OBJECT)) {
      return null;
    }
    for (var member : members()) {
      if (member.named(name)) {
        return member.value();
      }
    }
    return null;
  }

  /** A copy of its bytes, as they stand in the document. */
  public byte[] bytes() {
    return Arrays.copyOfRange(document, start, end);
  }

  private void expect(Type type) {
    if (!is(type)) {
      throw new IllegalStateException("a JSON " + type() + " read as " + type);
    }
  }

  /** Steps over a container's entries; commas and spaces between them are its business. */
  private abstract class Walk<T> implements Iterator<T> {
    private int next = Bytes.space(document, start + 1, end);

    abstract T read(int at);

    abstract int after(T entry);

    @Override
    public boolean hasNext() {
      return next < end - 1;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T entry = read(next);
      int comma = Bytes.space(document, after(entry), end);
      next = comma == end - 1 ? comma : Bytes.space(document, comma + 1, end);
      return entry;
    }
  }
}
