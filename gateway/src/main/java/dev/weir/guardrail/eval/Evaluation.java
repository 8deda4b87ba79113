package dev.weir.guardrail.eval;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.eval.Curve.Scored;
import dev.weir.guardrail.eval.Curve.Truth;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs detectors over a labelled set, each text with its decoded views, as a request's texts are. Immutable. */
public final class Evaluation {
  // nobody waits for an evaluation as one waits for an answer
  private static final Duration PER_TEXT = Duration.ofMinutes(1);

  private static final double HALF = 0.5;

  private final Detectors detectors;

  public Evaluation(Detectors detectors) {
    this.detectors = detectors;
  }

  /** For each label that occurs, and for each group of one that does, its curve. */
  public Map<String, Curve> curves(List<LabelledText> texts) {
    var labels = new TreeSet<String>();
    texts.forEach(text -> labels.addAll(text.labels()));
    var groups = new TreeSet<>(labels);
    labels.stream()
        .filter(label -> label.contains("."))
        .forEach(label -> groups.add(label.substring(0, label.indexOf('.'))));
    var wanted = new HashSet<String>();
    groups.forEach(label -> wanted.addAll(detectors.ids(label)));
    var scored = new TreeMap<String, List<Scored>>();
    for (var text : texts) {
      var scores = scores(text.text(), wanted);
      for (var label : groups) {
        scored
            .computeIfAbsent(label, _ -> new ArrayList<>())
            .add(new Scored(highest(scores, label), truth(text, label)));
      }
    }
    var curves = new TreeMap<String, Curve>();
    scored.forEach((label, all) -> curves.put(label, Curve.of(all)));
    return curves;
  }

  private static Truth truth(LabelledText text, String label) {
    return text.labels().stream().anyMatch(own -> own.equals(label) || own.startsWith(label + "."))
        ? Truth.HAS_IT
        : Truth.HAS_IT_NOT;
  }

  private double highest(Map<String, Double> scores, String label) {
    return detectors.ids(label).stream()
        .mapToDouble(id -> scores.getOrDefault(id, 0.0))
        .max()
        .orElse(0);
  }

  private Map<String, Double> scores(String given, Set<String> wanted) {
    var scores = new HashMap<String, Double>();
    var text = NormalizedText.of(given);
    for (var detector : detectors.all()) {
      var own = new HashSet<>(detector.guardrails());
      own.retainAll(wanted);
      if (!own.isEmpty()) {
        scan(detector, text, own, scores);
        text.views().stream()
            .filter(view -> detector.views().contains(view.view()))
            .forEach(view -> scan(detector, view, own, scores));
      }
    }
    return scores;
  }

  private static void scan(
      Detector detector, NormalizedText text, Set<String> wanted, Map<String, Double> scores) {
    detector.scan(
        text,
        wanted,
        Deadline.in(PER_TEXT),
        found -> scores.merge(found.guardrail(), found.score(), Math::max));
  }

  /** The threshold that a rule without one has; half for a group. */
  public double threshold(String label) {
    return detectors.ids().contains(label) ? detectors.require(label).threshold(label) : HALF;
  }
}
