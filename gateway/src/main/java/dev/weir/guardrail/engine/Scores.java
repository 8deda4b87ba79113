package dev.weir.guardrail.engine;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How sure the models in the process are of what they look for, for every id that judges a text as a whole. Immutable. */
public final class Scores {
  private final List<Detector> judges;
  private final Duration budget;

  /** Scores of these detectors that judge by the whole. */
  public Scores(Detectors detectors, Duration budget) {
    this.judges = detectors.all().stream()
        .filter(detector -> detector.reading() == Detector.Reading.WINDOW)
        .toList();
    this.budget = budget;
  }

  /** One score. */
  public record Score(double value, double threshold) {
    public boolean counts() {
      return value >= threshold;
    }
  }

  /**
   * The score of each id, in alphabetical order; of a text and what it hides the highest counts.
   *
   * @throws GatewayException OVERLOADED when there was no time
   */
  public Map<String, Score> of(String text) {
    var scores = new TreeMap<String, Score>();
    var normalized = NormalizedText.of(text);
    var deadline = Deadline.in(budget);
    for (var judge : judges) {
      for (var id : judge.guardrails()) {
        scores.put(id, new Score(0, judge.threshold(id)));
      }
      Consumer<Finding> keep = finding -> scores.merge(
          finding.guardrail(),
          new Score(finding.score(), judge.threshold(finding.guardrail())),
          (one, other) -> one.value() >= other.value() ? one : other);
      read(judge, normalized, deadline, keep);
    }
    return scores;
  }

  private static void read(
      Detector judge, NormalizedText text, Deadline deadline, Consumer<Finding> keep) {
    try {
      judge.scan(text, judge.guardrails(), deadline, keep);
      for (var view : text.views()) {
        if (judge.views().contains(view.view())) {
          judge.scan(view, judge.guardrails(), deadline, keep);
        }
      }
    } catch (Detector.DeadlinePassed _) {
      throw GatewayException.of(
              ErrorCode.OVERLOADED, "There was no time to read the whole text. Please try again.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }
}
