package dev.weir.guardrail.text;

import java.util.Arrays;

/**
 * JSON that travels inside a string, as detectors read it: escapes undone, quotes as line ends, every character with its
 * place. Works on any piece of it, given how the piece begins. Immutable.
 *
 * @param text what is read
 * @param starts where each of its characters stands in the JSON; one more than characters, the last is where reading ended
 * @param inString whether the piece ends inside a string
 */
public record InnerJson(String text, int[] starts, boolean inString) {
  /**
   * Reads a piece.
   *
   * @param inString whether it begins inside a string
   * @return reading ends before an escape that is not complete
   */
  public static InnerJson read(String json, boolean inString) {
    var text = new StringBuilder(json.length());
    int[] starts = new int[json.length() + 1];
    boolean inside = inString;
    int i = 0;
    while (i < json.length()) {
      char c = json.charAt(i);
      int length = 1;
      char meant = c;
      if (c == '"') {
        inside = !inside;
        meant = '\n';
      } else if (c == '\\' && inside) {
        length = i + 1 < json.length() && json.charAt(i + 1) == 'u' ? 6 : 2;
        if (i + length > json.length()) {
          break;
        }
        meant = escaped(json, i + 1);
      }
      starts[text.length()] = i;
      text.append(meant);
      i += length;
    }
    starts[text.length()] = i;
    return new InnerJson(text.toString(), Arrays.copyOf(starts, text.length() + 1), inside);
  }

  /** How much of the JSON was read. */
  public int end() {
    return starts[starts.length - 1];
  }

  private static char escaped(String json, int at) {
    char kind = json.charAt(at);
    return switch (kind) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unit(json, at + 1);
      default -> kind;
    };
  }

  private static char unit(String json, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return '\ufffd';
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  /** Whether a place of the JSON is inside a string. */
  static boolean insideAt(String json, int at, boolean atStart) {
    boolean inside = atStart;
    for (int i = 0; i < at; i++) {
      char c = json.charAt(i);
      if (c == '"') {
        inside = !inside;
      } else if (c == '\\' && inside) {
        i++;
      }
    }
    return inside;
  }
}
