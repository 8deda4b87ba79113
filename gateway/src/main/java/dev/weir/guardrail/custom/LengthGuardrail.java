package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.Set;

/**
 * Most characters or tokens of one text: {@code {"max_characters":n,"max_tokens":n}}. Characters are code points; tokens are
 * estimated, see {@link #tokens}. Immutable.
 */
public final class LengthGuardrail implements CustomGuardrail {
  private static final long MOST = 100_000_000;

  @Override
  public String id() {
    return "length";
  }

  @Override
  public Detector compile(JsonValue config, String path) {
    var fields = RuleConfig.of(config, path, Set.of("max_characters", "max_tokens"));
    long characters = fields.number("max_characters", 1, MOST);
    long tokens = fields.number("max_tokens", 1, MOST);
    if (characters < 0 && tokens < 0) {
      throw new InvalidDocument(path, "Expected max_characters, max_tokens, or both.");
    }
    return new WholeText(id(), (text, _) -> {
      var original = text.original();
      boolean tooLong = characters >= 0
          && original.length() > characters
          && original.codePointCount(0, original.length()) > characters;
      return tooLong || (tokens >= 0 && tokens(original) > tokens) ? 1.0 : 0.0;
    });
  }

  /**
   * About how many tokens a text has for the models of today: a word of letters up to six long is one, longer ones one more
   * for each four letters, digits go by three, a sign is one, and so is a character of a script without spaces.
   */
  static long tokens(String text) {
    long tokens = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int from = i;
      if (c < 0x3000 && Character.isLetter(c)) {
        i = run(text, i, 0);
        tokens += 1 + Math.max(0, i - from - 3) / 4;
      } else if (Character.isDigit(c)) {
        i = run(text, i, 1);
        tokens += (i - from + 2) / 3;
      } else {
        tokens += Character.isWhitespace(c) || Character.isLowSurrogate(c) ? 0 : 1;
        i++;
      }
    }
    return tokens;
  }

  private static int run(String text, int from, int kind) {
    int i = from;
    while (i < text.length()
        && (kind == 0
            ? text.charAt(i) < 0x3000 && Character.isLetter(text.charAt(i))
            : Character.isDigit(text.charAt(i)))) {
      i++;
    }
    return i;
  }
}
