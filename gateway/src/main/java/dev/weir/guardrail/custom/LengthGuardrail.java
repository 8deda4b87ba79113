package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.TokenEstimate;
import dev.weir.protocol.json.JsonValue;
import java.util.Set;

/**
 * Most characters or tokens of one text: {@code {"max_characters":n,"max_tokens":n}}. Characters are code points; tokens are
 * estimated, see {@link TokenEstimate}. Immutable.
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
      return tooLong || (tokens >= 0 && TokenEstimate.of(original) > tokens) ? 1.0 : 0.0;
    });
  }
}
