package dev.weir.guardrail;

import dev.weir.guardrail.NormalizedText.View;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Runs of base64 (RFC 4648 §4 and §5) or hexadecimal digits that turn out to be text. Stateless. */
final class EncodedRuns {
  /** Most runs that are tried in one text: a document full of keys must not cost more than it is worth. */
  private static final int MOST_RUNS = 64;

  /** Shortest line that base64 is folded at: shorter ones end a run. */
  private static final int SHORTEST_LINE = 40;

  private EncodedRuns() {}

  static List<NormalizedText> of(NormalizedText text) {
    var in = text.text();
    var found = new ArrayList<NormalizedText>(1);
    int tried = 0;
    int i = 0;
    while (i < in.length() && tried < MOST_RUNS) {
      if (!digit64(in.charAt(i))) {
        i++;
        continue;
      }
      int end = runEnd(in, i);
      if (end - i >= DecodedViews.SHORTEST_RUN) {
        tried++;
        var decoded = decode(in.substring(i, end));
        if (!decoded.isEmpty()) {
          found.add(view(text, decoded, i, end));
        }
      }
      i = end;
    }
    return found;
  }

  private static NormalizedText view(NormalizedText text, String decoded, int from, int to) {
    var starts = new int[decoded.length()];
    var ends = new int[decoded.length()];
    Arrays.fill(starts, text.originalStart(from));
    Arrays.fill(ends, text.originalEnd(to));
    return normal(text.original(), decoded, starts, ends, View.ENCODED);
  }

  /** A decoded text in normal form, its offsets led through to the original. */
  static NormalizedText normal(
      String original, String decoded, int[] starts, int[] ends, View view) {
    if (TextNormalizer.isPlain(decoded)) {
      return new NormalizedText(original, decoded, starts, ends, view);
    }
    var normal = TextNormalizer.normalize(decoded);
    int length = normal.text().length();
    var throughStarts = new int[length];
    var throughEnds = new int[length];
    for (int i = 0; i < length; i++) {
      throughStarts[i] = starts[normal.originalStart(i)];
      throughEnds[i] = ends[normal.originalEnd(i + 1) - 1];
    }
    return new NormalizedText(original, normal.text(), throughStarts, throughEnds, view);
  }

  private static int runEnd(String in, int start) {
    int line = start;
    int i = start;
    while (i < in.length()) {
      if (digit64(in.charAt(i))) {
        i++;
        continue;
      }
      int next = i + (in.startsWith("\r\n", i) ? 2 : 1);
      boolean folded = in.charAt(next - 1) == '\n'
          && i - line >= SHORTEST_LINE
          && next < in.length()
          && digit64(in.charAt(next));
      if (!folded) {
        break;
      }
      line = next;
      i = next;
    }
    return i;
  }

  private static String decode(String run) {
    var packed = run.indexOf('\n') < 0 ? run : run.replace("\r", "").replace("\n", "");
    if (packed.length() % 2 == 0 && packed.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      var text = text(HexFormat.of().parseHex(packed));
      if (!text.isEmpty()) {
        return text;
      }
    }
    return text(base64(packed));
  }

  private static byte[] base64(String run) {
    int end = run.length();
    while (end > 0 && run.charAt(end - 1) == '=') {
      end--;
    }
    var digits = run.substring(0, end).replace('-', '+').replace('_', '/');
    if (digits.indexOf('=') >= 0 || digits.length() % 4 == 1) {
      return new byte[0];
    }
    return Base64.getDecoder().decode(digits);
  }

  /** What bytes say when they are UTF-8 and most of it is writing; empty when they are not. */
  private static String text(byte[] bytes) {
    if (bytes.length < 8) {
      return "";
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return "";
    }
    long controls = text.chars().filter(c -> c < 0x20 && (c < 9 || c > 13)).count();
    return controls * 10 <= text.length() ? text : "";
  }

  private static boolean digit64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_'
        || c == '=';
  }
}
