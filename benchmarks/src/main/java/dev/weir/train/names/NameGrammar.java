package dev.weir.train.names;

import dev.weir.guardrail.names.NameKind;
import dev.weir.guardrail.names.NameWords;
import dev.weir.train.generate.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentences with names in them by the grammar {@code names.txt} and the gateway's own list of words. Seeded. */
final class NameGrammar {
  private static final char OPEN = '⟦';
  private static final char CLOSE = '⟧';
  private static final Map<String, String> RULES =
      Map.of("first", "n.first", "last", "n.last", "place", "n.place", "organization", "n.brand");

  private NameGrammar() {}

  static List<NamedText> texts(long seed) {
    var rules = new ArrayList<String>();
    NameWords.read().forEach((kind, words) -> {
      var rule = RULES.get(kind);
      if (rule != null) {
        rules.add(rule + ":");
        words.forEach(word -> rules.add(capitals(word)));
      }
    });
    return Generated.examples("names.txt", rules, seed).stream()
        .map(example -> unmarked(example.source(), example.language(), example.text()))
        .toList();
  }

  /** Each part begins with a capital, but for small words inside. */
  private static String capitals(String words) {
    var out = new StringBuilder(words);
    boolean begin = true;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      boolean small = out.indexOf("de ", i) == i || out.indexOf("of ", i) == i;
      if (begin && !(small && i > 0)) {
        out.setCharAt(i, Character.toUpperCase(c));
      }
      begin = c == ' ' || c == '-' || c == '.';
    }
    return words.length() <= 3
            && words.matches(
                "usa|uk|uae|ibm|bmw|sap|fbi|cia|who|imf|eu|un|bbc|cnn|nbc|abc|mit|bp|ubs|ing")
        ? words.toUpperCase(java.util.Locale.ROOT)
        : out.toString();
  }

  private static NamedText unmarked(String source, String language, String marked) {
    var text = new StringBuilder();
    var spans = new ArrayList<NamedText.Span>();
    int start = 0;
    var kind = NameKind.OTHER;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == OPEN) {
        kind = kind(marked.charAt(++i));
        start = text.length();
      } else if (c == CLOSE) {
        spans.add(new NamedText.Span(Optional.of(kind), start, text.length()));
      } else {
        text.append(c);
      }
    }
    return new NamedText(source, language, text.toString(), spans);
  }

  private static NameKind kind(char letter) {
    return switch (Character.toLowerCase(letter)) {
      case 'p' -> NameKind.PERSON;
      case 'l' -> NameKind.LOCATION;
      default -> NameKind.ORGANIZATION;
    };
  }
}
