package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.match.Keywords;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Words and phrases of an operator: {@code {"words":[…],"match":"word|substring","case":"ignore|exact"}}; at most 5,000 of
 * them, 100,000 characters together. Immutable.
 */
public final class KeywordsGuardrail implements CustomGuardrail {
  private static final int MOST_WORDS = 5_000;
  private static final int LONGEST_WORD = 200;
  private static final int MOST_CHARACTERS = 100_000;

  @Override
  public String id() {
    return "keywords";
  }

  @Override
  public Detector compile(JsonValue config, String path) {
    var fields = RuleConfig.of(config, path, Set.of("words", "match", "case"));
    var words = fields.texts("words", MOST_WORDS, LONGEST_WORD).stream()
        .map(word -> NormalizedText.of(word).text())
        .toList();
    if (words.stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
      throw new InvalidDocument(
          fields.at("words"), "Expected at most " + MOST_CHARACTERS + " characters together.");
    }
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).isEmpty()) {
        throw new InvalidDocument(
            fields.at("words") + "[" + i + "]", "Expected a visible character.");
      }
    }
    var letters = fields.choice("case", List.of("ignore", "exact")).equals("exact")
        ? Keywords.Letters.EXACT
        : Keywords.Letters.FOLDED;
    var bounds = fields.choice("match", List.of("word", "substring")).equals("word")
        ? Keywords.Bounds.WORD
        : Keywords.Bounds.ANYWHERE;
    return new Words(Keywords.of(words, letters, bounds));
  }

  private record Words(Keywords keywords) implements Detector {
    private static final int PIECE = 1 << 16;

    @Override
    public Set<String> guardrails() {
      return Set.of("keywords");
    }

    @Override
    public void scan(
        NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
      var whole = text.text();
      int overlap = keywords.longest();
      for (int from = 0; from < whole.length(); from += PIECE) {
        if (deadline.passed()) {
          throw new DeadlinePassed();
        }
        if (from > 0) {
          TimedText.giveWay();
        }
        int begin = from;
        int end = Math.min(whole.length(), from + PIECE);
        keywords.scan(whole, Math.max(0, begin - overlap), end, (_, start, stop) -> {
          if (stop > begin) {
            found.accept(
                new Finding("keywords", text.originalStart(start), text.originalEnd(stop), 1.0));
          }
        });
      }
    }

    @Override
    public int stableUntil(NormalizedText text, Set<String> wanted) {
      return text.originalStart(Math.max(0, text.text().length() - keywords.longest() - 1));
    }
  }
}
