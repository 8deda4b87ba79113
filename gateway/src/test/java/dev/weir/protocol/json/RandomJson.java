package dev.weir.protocol.json;

import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Writes random documents that are valid and odd: spaces, escapes, huge numbers, names that differ by little. */
public final class RandomJson {
  private static final List<String> NUMBERS = List.of(
      "0",
      "-0",
      "0.0",
      "-0.0e-0",
      "1E400",
      "-1e-400",
      "1.0",
      "1.10",
      "9007199254740993",
      "123456789012345678901234567890",
      "0.1000000000000000055511151231257827",
      "5E+07");
  private static final List<String> PIECES = List.of(
      "a",
      "Z",
      " ",
      "é",
      "漢",
      "😀",
      "\u2028",
      "\u007f",
      "\uffff",
      "\\u0000",
      "\\ud800",
      "\\uDFFF",
      "\\ud83d\\ude00",
      "\\n",
      "\\/",
      "/",
      "\\\"",
      "\\\\",
      "\\u00e9",
      "\\t",
      "{",
      "]",
      ":",
      ",",
      "data: ",
      "eight bytes and more of plain text");
  private static final List<String> NAMES =
      List.of("__proto__", "constructor", "Model", "MODEL", "model ", "", "stream_option", "x-y");
  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t", "\r\n", "   ");

  private final Random random;

  public RandomJson(long seed) {
    this.random = new Random(seed);
  }

  public Random random() {
    return random;
  }

  /** Any value, nested up to some more levels. */
  public String value(int levels) {
    return switch (random.nextInt(levels > 0 ? 8 : 5)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> pick(NUMBERS);
      case 3, 4 -> string();
      case 5, 6 -> object(levels - 1);
      default -> array(levels - 1);
    };
  }

  public String object(int levels) {
    var text = new StringBuilder("{").append(space());
    var names = new HashSet<String>();
    for (int i = random.nextInt(5); i > 0; i--) {
      var name = name();
      if (names.add(name)) {
        text.append(names.size() > 1 ? "," : "").append(space()).append('"').append(name);
        text.append('"').append(space()).append(':').append(space()).append(value(levels));
        text.append(space());
      }
    }
    return text.append('}').toString();
  }

  public String array(int levels) {
    var text = new StringBuilder("[").append(space());
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(value(levels)).append(space()).append(i > 1 ? "," : "").append(space());
    }
    return text.append(']').toString();
  }

  public String string() {
    var text = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(pick(PIECES));
    }
    return text.append('"').toString();
  }

  /** The inside of a member's name; two different ones are never equal after unescaping. */
  public String name() {
    return random.nextInt(4) == 0 ? pick(NAMES) : "n" + random.nextInt(1000) + "é";
  }

  public String space() {
    return pick(SPACES);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
