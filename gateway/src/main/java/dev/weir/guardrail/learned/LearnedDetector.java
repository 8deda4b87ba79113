package dev.weir.guardrail.learned;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Injection and all kinds of toxicity, by what was learned, one pass for all of them, and by phrases that are evidence in
 * themselves. Reports each wanted id once, over the part of the text that is surest. Immutable.
 */
public final class LearnedDetector implements Detector {
  private static final Set<String> IDS =
      Stream.of(Head.values()).map(Head::id).collect(Collectors.toUnmodifiableSet());

  private final Scorer scorer;

  public LearnedDetector(Scorer scorer) {
    this.scorer = scorer;
  }

  @Override
  public Set<String> guardrails() {
    return IDS;
  }

  @Override
  public void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    if (text.text().isBlank()) {
      return;
    }
    var scores = scorer.score(text, deadline);
    var shown = Evidence.shipped().of(text.text());
    for (var head : HEADS) {
      if (wanted.contains(head.id())) {
        var decides = head == Head.TOXICITY ? surest(shown) : head;
        double learned = damped(scores.of(head), text.text().length());
        found.accept(
            shown.score(decides) > learned
                ? new Finding(
                    head.id(),
                    text.originalStart(shown.start(decides)),
                    text.originalEnd(shown.end(decides)),
                    shown.score(decides))
                : new Finding(head.id(), scores.start(head), scores.end(head), learned));
      }
    }
  }

  /** A handful of characters proves little, whatever the sums say of them. */
  private static double damped(double score, int length) {
    double few = 20.0 / ((length + 2.0) * (length + 2.0));
    return few < 1e-3 ? score : score / (score + (1 - score) * StrictMath.exp(few));
  }

  /** The kind of toxicity that the evidence is strongest for. */
  private static Head surest(Evidence.Shown shown) {
    var surest = Head.TOXICITY;
    for (var head : HEADS) {
      surest = head != Head.INJECTION && shown.score(head) > shown.score(surest) ? head : surest;
    }
    return surest;
  }

  @Override
  public Set<NormalizedText.View> views() {
    return EnumSet.complementOf(EnumSet.of(NormalizedText.View.PLAIN));
  }

  @Override
  public Reading reading() {
    return Reading.WINDOW;
  }

  @Override
  public double threshold(String guardrail) {
    return Scores.THRESHOLD;
  }

  private static final Head[] HEADS = Head.values();
}
