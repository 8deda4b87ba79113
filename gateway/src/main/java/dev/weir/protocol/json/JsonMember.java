package dev.weir.protocol.json;

/**
 * One member of an object in a checked document. Immutable.
 *
 * @param nameStart the offset after the name's opening quote
 * @param nameEnd the offset of its closing quote
 * @param valueStart the offset of the value's first byte
 * @param valueEnd the offset after its last
 */
public record JsonMember(
    byte[] document, int nameStart, int nameEnd, int valueStart, int valueEnd) {
  /** The name, unescaped. */
  public String name() {
    return Escapes.text(document, nameStart, nameEnd);
  }

  /** Whether this is its name, which must be ASCII; makes no string of it unless it holds escapes. */
  public boolean named(String name) {
    return named(document, nameStart, nameEnd, name);
  }

  public JsonValue value() {
    return new JsonValue(document, valueStart, valueEnd);
  }

  static boolean named(byte[] document, int from, int to, String name) {
    if (to - from != name.length()) {
      // an escaped name is longer than what it says
      return to - from > name.length()
          && Bytes.quoteOrBackslash(document, from, to) < to
          && Escapes.text(document, from, to).equals(name);
    }
    for (int i = 0; i < name.length(); i++) {
      // an escape stands for less than its length: no name as long as its bytes can equal it
      if (document[from + i] != name.charAt(i) || document[from + i] == '\\') {
        return false;
      }
    }
    return true;
  }
}
