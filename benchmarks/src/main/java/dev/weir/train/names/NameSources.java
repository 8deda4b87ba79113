package dev.weir.train.names;

import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.names.NameKind;
import dev.weir.guardrail.names.NameTokens;
import dev.weir.train.data.Example;
import dev.weir.train.data.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The folders in which names are marked; those that are missing are passed over. */
public final class NameSources {
  static final String TWEETS = "pii-wnut17-ner";
  static final String SENTENCES = "pii-presidio-research";

  /** Kinds that are no names of ours; all others of their source are unknown. */
  private static final Map<String, NameKind> KINDS = Map.of(
      "PERSON", NameKind.PERSON,
      "LOCATION", NameKind.LOCATION,
      "ORGANIZATION", NameKind.ORGANIZATION,
      "person", NameKind.PERSON,
      "location", NameKind.LOCATION,
      "corporation", NameKind.ORGANIZATION,
      "group", NameKind.ORGANIZATION,
      "product", NameKind.OTHER,
      "creative-work", NameKind.OTHER);

  private static final int PLAIN = 9000;
  private static final int LONGEST = 300;
  private static final int OFTEN = 2;

  private NameSources() {}

  /** All marked texts of a data folder. */
  static List<NamedText> read(Path data) throws IOException {
    var texts = new ArrayList<NamedText>();
    if (Files.isDirectory(data.resolve(TWEETS))) {
      tweets(data.resolve(TWEETS).resolve("wnut17train.conll"), texts);
      tweets(data.resolve(TWEETS).resolve("emerging.dev.conll"), texts);
    }
    if (Files.isDirectory(data.resolve(SENTENCES))) {
      for (var row : Rows.json(data.resolve(SENTENCES).resolve("generated_large.json"))) {
        texts.add(sentence(row));
      }
    }
    return texts;
  }

  /**
   * Texts in which nobody marked names, to learn what is none: words that are mostly written small are no names there,
   * and of all others nothing is known.
   */
  static List<NamedText> plain(List<Example> examples) {
    var texts = new ArrayList<NamedText>();
    var small = new HashMap<Long, Integer>();
    var chosen = examples.stream()
        .filter(example -> example.language().equals("en") || example.language().equals("de"))
        .filter(example -> !example.source().startsWith("inj-"))
        .toList();
    int step = Math.max(1, chosen.size() / PLAIN);
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < chosen.size(); i += step) {
        var text = chosen.get(i).text();
        var piece = text.substring(0, Math.min(text.length(), LONGEST));
        var tokens = NameTokens.of(NormalizedText.of(piece).text());
        if (pass == 0) {
          count(tokens, small);
        } else {
          texts.add(new NamedText(
              "plain", chosen.get(i).language(), tokens.text(), unknown(tokens, small)));
        }
      }
    }
    return texts;
  }

  private static void count(NameTokens tokens, Map<Long, Integer> small) {
    for (int i = 0; i < tokens.count(); i++) {
      boolean lower = Character.isLowerCase(tokens.text().charAt(tokens.start(i)));
      small.merge(tokens.hash(i), lower ? 1 : -1, Integer::sum);
    }
  }

  private static List<NamedText.Span> unknown(NameTokens tokens, Map<Long, Integer> small) {
    var spans = new ArrayList<NamedText.Span>();
    for (int i = 0; i < tokens.count(); i++) {
      boolean lower = Character.isLowerCase(tokens.text().charAt(tokens.start(i)));
      if (!lower && small.getOrDefault(tokens.hash(i), 0) < OFTEN) {
        spans.add(new NamedText.Span(Optional.empty(), tokens.start(i), tokens.end(i)));
      }
    }
    return spans;
  }

  private static NamedText sentence(JsonNode row) {
    var spans = new ArrayList<NamedText.Span>();
    for (var span : row.path("spans")) {
      spans.add(new NamedText.Span(
          Optional.ofNullable(KINDS.get(span.path("entity_type").asString())),
          span.path("start_position").asInt(),
          span.path("end_position").asInt()));
    }
    return new NamedText(SENTENCES, "en", row.path("full_text").asString(), spans);
  }

  /** One word a line, its label behind a tab, an empty line between texts. */
  private static void tweets(Path file, List<NamedText> texts) throws IOException {
    var text = new StringBuilder();
    var spans = new ArrayList<NamedText.Span>();
    for (var line : (Rows.text(file) + "\n\n").lines().toList()) {
      var cells = line.strip().split("\t", -1);
      if (cells.length < 2) {
        if (!text.isEmpty()) {
          texts.add(new NamedText(TWEETS, "en", text.toString(), spans));
        }
        text.setLength(0);
        spans.clear();
        continue;
      }
      boolean clings = cells[0].matches("[.,!?;:)]+|'\\w+|n't");
      text.append(text.isEmpty() || clings ? "" : " ");
      int start = text.length();
      text.append(cells[0]);
      mark(spans, cells[1], start, text.length());
    }
  }

  private static void mark(List<NamedText.Span> spans, String label, int start, int end) {
    if (label.length() < 2) {
      return;
    }
    var kind = Optional.ofNullable(KINDS.get(label.substring(2)));
    if (label.startsWith("I-") && !spans.isEmpty()) {
      var last = spans.removeLast();
      spans.add(new NamedText.Span(last.kind(), last.start(), end));
    } else {
      spans.add(new NamedText.Span(kind, start, end));
    }
  }
}
