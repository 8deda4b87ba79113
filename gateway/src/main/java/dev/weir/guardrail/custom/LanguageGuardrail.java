package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.HashSet;
import java.util.Set;

/**
 * The languages that a text may be in: {@code {"allowed":["en","de"]}}, ISO 639-1. A text too short to tell passes.
 * Immutable.
 */
public final class LanguageGuardrail implements CustomGuardrail {
  @Override
  public String id() {
    return "language";
  }

  @Override
  public Detector compile(JsonValue config, String path) {
    var fields = RuleConfig.of(config, path, Set.of("allowed"));
    var allowed = new HashSet<String>();
    for (var code : fields.texts("allowed", 50, 8)) {
      if (!LanguageGuess.CODES.contains(code)) {
        throw new InvalidDocument(
            fields.at("allowed") + "[" + allowed.size() + "]",
            "Expected one of " + LanguageGuess.CODES.stream().sorted().toList() + ".");
      }
      allowed.add(code);
    }
    var languages = Set.copyOf(allowed);
    return new WholeText(id(), (text, _) -> {
      var guess = LanguageGuess.of(text.original());
      return languages.contains(guess.code()) ? 0.0 : guess.confidence();
    });
  }
}
