package dev.weir.train.learn;

import dev.weir.guardrail.learned.Head;
import dev.weir.train.data.Example;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a model that never saw an example's source says of it.
 *
 * @param sums for each head one number for each {@link Offsets.Kind}; negative infinity where the text has none
 * @param evidence for each head what phrases show whatever the sums say; negative infinity for nothing
 */
public record Judged(Example example, double[][] sums, double[] evidence) {
  private static final Set<Head> CATEGORIES =
      EnumSet.complementOf(EnumSet.of(Head.INJECTION, Head.TOXICITY));

  double sum(Head head, Offsets.Kind kind) {
    return sums[head.ordinal()][kind.ordinal()];
  }

  /** The number that decides: from zero on the default threshold is passed. */
  public double margin(Head head, Offsets offsets) {
    double best = surest(head, offsets);
    if (head == Head.TOXICITY) {
      for (var category : CATEGORIES) {
        best = Math.max(best, surest(category, offsets));
      }
    }
    return best;
  }

  private double surest(Head head, Offsets offsets) {
    return Math.max(evidence[head.ordinal()], margin(head, offsets.of(head)));
  }

  /** The same of the sums alone. */
  double margin(Head head, Offsets.Offset offset) {
    double best = Double.NEGATIVE_INFINITY;
    for (var kind : Offsets.Kind.values()) {
      best = Math.max(best, sum(head, kind) - offset.of(kind));
    }
    return best;
  }
}
