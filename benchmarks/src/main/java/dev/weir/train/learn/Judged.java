package dev.weir.train.learn;

import dev.weir.guardrail.learned.Head;
import dev.weir.train.data.Example;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a model that never saw an example's source says of it.
 *
 * @param sums for each head one number for each {@link Offsets.Kind}; negative infinity where the text has none
 */
public record Judged(Example example, double[][] sums) {
  private static final Set<Head> CATEGORIES =
      EnumSet.complementOf(EnumSet.of(Head.INJECTION, Head.TOXICITY));

  double sum(Head head, Offsets.Kind kind) {
    return sums[head.ordinal()][kind.ordinal()];
  }

  /** The number that decides: from zero on the default threshold is passed. */
  public double margin(Head head, Offsets offsets) {
    double best = margin(head, offsets.of(head));
    if (head == Head.TOXICITY) {
      for (var category : CATEGORIES) {
        best = Math.max(best, margin(category, offsets.of(category)));
      }
    }
    return best;
  }

  double margin(Head head, Offsets.Offset offset) {
    double best = Double.NEGATIVE_INFINITY;
    for (var kind : Offsets.Kind.values()) {
      best = Math.max(best, sum(head, kind) - offset.of(kind));
    }
    return best;
  }
}
