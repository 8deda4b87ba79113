package dev.weir.guardrail.secrets;

import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** What was found in one text; of two that overlap the surer one is reported, or the longer. For one thread. */
final class Spans {
  private record Span(String id, int start, int end, double score) {}

  private final NormalizedText text;
  private final Consumer<Finding> found;
  private final List<Span> all = new ArrayList<>(2);

  Spans(NormalizedText text, Consumer<Finding> found) {
    this.text = text;
    this.found = found;
  }

  void add(String id, int start, int end, double score) {
    all.add(new Span(id, start, end, score));
  }

  void report() {
    if (all.isEmpty()) {
      return;
    }
    all.sort(Comparator.comparingInt(Span::start)
        .thenComparingDouble(span -> -span.score())
        .thenComparingInt(span -> -span.end()));
    var best = all.getFirst();
    for (var span : all.subList(1, all.size())) {
      if (span.start() >= best.end()) {
        report(best);
        best = span;
      } else if (span.score() > best.score()
          || (span.score() == best.score()
              && span.end() - span.start() > best.end() - best.start())) {
        best = span;
      }
    }
    report(best);
  }

  private void report(Span span) {
    found.accept(new Finding(
        span.id(), text.originalStart(span.start()), text.originalEnd(span.end()), span.score()));
  }
}
