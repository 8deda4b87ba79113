package dev.weir.protocol.json;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document that is one JSON object, checked to the last byte, its outermost members known by their offsets.
 *
 * <p>Strict by RFC 8259, and beyond it where parsers differ: UTF-8 only and valid, no byte order mark, no duplicate keys
 * at any level (compared after unescaping), nesting up to {@link #MAX_DEPTH}, nothing after the document. Values are read
 * when asked for. Immutable as long as nobody writes to the array, which is kept and not copied.
 */
public final class JsonObject {
  /** The deepest nesting that is accepted; the document itself is level 1. */
  public static final int MAX_DEPTH = 128;

  private final byte[] document;
  private final int start;
  private final int[] members;
  private final int size;

  private JsonObject(byte[] document, int start, int[] members, int size) {
    this.document = document;
    this.start = start;
    this.members = members;
    this.size = size;
  }

  /**
   * Checks a whole document.
   *
   * @throws GatewayException INVALID_JSON with reason and byte position, never with the document's text; INVALID_VALUE
   *     for valid JSON that is no object
   */
  public static JsonObject read(byte[] document) {
    return read(document, 0, document.length, MAX_DEPTH);
  }

  /** The same for the document that lies between two offsets of an array; positions in errors count from the first. */
  public static JsonObject read(byte[] array, int from, int to) {
    return read(array, from, to, MAX_DEPTH);
  }

  static JsonObject read(byte[] array, int from, int to, int maxDepth) {
    var scanner = new JsonScanner(array, from, to, maxDepth);
    int start = scanner.document();
    if (array[start] != '{') {
      throw GatewayException.of(ErrorCode.INVALID_VALUE, "The body must be a JSON object.");
    }
    return new JsonObject(array, start, scanner.members(), scanner.memberCount());
  }

  /** The array the document lies in, not copied. */
  public byte[] document() {
    return document;
  }

  /** The offset of the opening brace. */
  public int start() {
    return start;
  }

  /** How many members the object has. */
  public int size() {
    return size;
  }

  /** The member at a position, in the document's order. */
  public JsonMember member(int position) {
    int slot = 4 * Objects.checkIndex(position, size);
    return new JsonMember(
        document, members[slot], members[slot + 1], members[slot + 2], members[slot + 3]);
  }

  /** The position of a member; -1 when there is none. */
  public int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (JsonMember.named(document, members[4 * i], members[4 * i + 1], name)) {
        return i;
      }
    }
    return -1;
  }

  /** The value of a member; null when there is none. */
  public @Nullable JsonValue find(String name) {
    int position = indexOf(name);
    return position < 0
        ? null
        : new JsonValue(document, members[4 * position + 2], members[4 * position + 3]);
  }
}
