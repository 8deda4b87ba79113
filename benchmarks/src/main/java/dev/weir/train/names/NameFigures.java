package dev.weir.train.names;

import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.names.NameKind;
import dev.weir.guardrail.names.NamesDetector;
import dev.weir.protocol.Deadline;
import dev.weir.train.data.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Trains the tagger, and says how well it does on sources that it never saw. Stateless. */
public final class NameFigures {
  private static final List<NameKind> KINDS =
      List.of(NameKind.PERSON, NameKind.LOCATION, NameKind.ORGANIZATION);

  private NameFigures() {}

  /**
   * What a training gave.
   *
   * @param weights as a file
   * @param figures as Markdown
   */
  public record Made(byte[] weights, String figures) {}

  /** All of it. */
  public static Made make(Path data, List<Example> examples, long seed) throws IOException {
    var labelled = NameSources.read(data);
    var generated = both(NameGrammar.texts(seed), NameSources.plain(examples));
    var made = NameTraining.learn(both(generated, labelled), seed);
    var out = new StringBuilder("""
        # Figures of the tagger of names

        Written by `./weir train`; weights `%s`, made from %d marked texts and %d that were
        generated, or are plain.

        Each source was read by a tagger that never saw it. A find counts when it shares more than half of both spans.

        | source | kind | marked | precision | recall | F1 |
        |---|---|---:|---:|---:|---:|
        """.formatted(made.digest(), labelled.size(), generated.size()));
    for (var source : List.of(NameSources.SENTENCES, NameSources.TWEETS)) {
      Predicate<NamedText> own = text -> text.source().equals(source);
      var held = labelled.stream().filter(own).toList();
      if (!held.isEmpty()) {
        var seen = both(generated, labelled.stream().filter(own.negate()).toList());
        var detector = new NamesDetector(NameTraining.learn(seen, seed));
        KINDS.forEach(kind -> out.append(row(source, kind, count(detector, held, kind))));
      }
    }
    return new Made(made.bytes(), out.toString());
  }

  private static List<NamedText> both(List<NamedText> some, List<NamedText> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** Found rightly, marked in all, found in excess. */
  private record Count(int hits, int marked, int excess) {
    Count plus(Count other) {
      return new Count(hits + other.hits, marked + other.marked, excess + other.excess);
    }
  }

  private static String row(String source, NameKind kind, Count count) {
    double precision = count.hits() / (double) Math.max(1, count.hits() + count.excess());
    double recall = count.hits() / (double) Math.max(1, count.marked());
    double f1 = count.hits() == 0 ? 0 : 2 * precision * recall / (precision + recall);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.3f | %.3f | %.3f |%n",
        source,
        kind.id(),
        count.marked(),
        precision,
        recall,
        f1);
  }

  private static Count count(NamesDetector detector, List<NamedText> texts, NameKind kind) {
    return texts.stream()
        .map(text -> count(detector, text, kind))
        .reduce(new Count(0, 0, 0), Count::plus);
  }

  private static Count count(NamesDetector detector, NamedText text, NameKind kind) {
    var found = new ArrayList<Finding>();
    detector.scan(
        NormalizedText.of(text.text()),
        detector.guardrails(),
        Deadline.in(Duration.ofHours(1)),
        find -> {
          if (find.guardrail().equals(kind.id())
              && find.score() >= detector.threshold(kind.id())
              && text.kind(find.start(), find.end()).isPresent()) {
            found.add(find);
          }
        });
    int hits = 0;
    int marked = 0;
    for (var span : text.spans()) {
      if (span.kind().filter(kind::equals).isPresent()) {
        marked++;
        hits += found.removeIf(find -> same(find, span)) ? 1 : 0;
      }
    }
    return new Count(hits, marked, found.size());
  }

  private static boolean same(Finding find, NamedText.Span span) {
    int shared = Math.min(find.end(), span.end()) - Math.max(find.start(), span.start());
    int all = Math.max(find.end(), span.end()) - Math.min(find.start(), span.start());
    return shared * 2 > all;
  }
}
