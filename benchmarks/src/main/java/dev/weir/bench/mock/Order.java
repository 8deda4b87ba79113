package dev.weir.bench.mock;

import java.nio.charset.StandardCharsets;

/**
 * What a request asks the mock for, by its model name, wherever it stands in the body: {@code mock-500} a whole answer of
 * 500 bytes, {@code mock-sse-200-20} 200 frames at 20 ms, {@code mock-hold} a first frame and then silence,
 * {@code mock-fail} a 500. Immutable.
 */
sealed interface Order {
  /** How far from either end of the body names are looked for, in bytes. */
  int REACH = 1024;

  int DEFAULT_ANSWER = 500;

  record Whole(int bytes) implements Order {}

  /** @param paceMillis between two frames; 0: as fast as the socket takes them */
  record Frames(int count, int paceMillis, Usage usage) implements Order {}

  record Hold() implements Order {}

  record Fail() implements Order {}

  /** Whether the stream ends with a frame of token counts. */
  enum Usage {
    ASKED,
    NOT_ASKED
  }

  /** Reads the order in the first {@code length} bytes; anything unknown is a whole answer of 500 bytes. */
  static Order read(byte[] body, int length) {
    var text = ends(body, length);
    int at = text.indexOf("mock-");
    if (at < 0) {
      return new Whole(DEFAULT_ANSWER);
    }
    int end = at;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-')) {
      end++;
    }
    var words = text.substring(at, end).split("-", -1);
    return switch (words[1]) {
      case "sse" -> new Frames(number(words, 2, 200), number(words, 3, 20), usage(text));
      case "hold" -> new Hold();
      case "fail" -> new Fail();
      default -> new Whole(number(words, 1, DEFAULT_ANSWER));
    };
  }

  private static Usage usage(String text) {
    return text.contains("\"include_usage\":true") ? Usage.ASKED : Usage.NOT_ASKED;
  }

  private static String ends(byte[] body, int length) {
    if (length <= 2 * REACH) {
      return new String(body, 0, length, StandardCharsets.ISO_8859_1);
    }
    return new String(body, 0, REACH, StandardCharsets.ISO_8859_1)
        + new String(body, length - REACH, REACH, StandardCharsets.ISO_8859_1);
  }

  private static int number(String[] words, int index, int otherwise) {
    if (words.length <= index || words[index].isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(words[index]);
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }
}
