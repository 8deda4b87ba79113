package dev.weir.routing;

import java.util.List;

/**
 * The targets to try, in order; never empty. Immutable.
 *
 * @param rules how they are tried
 */
public record RoutePlan(List<Target> targets, AttemptRules rules) {
  public RoutePlan {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a target");
    }
    targets = List.copyOf(targets);
  }

  /** Tried as usual. */
  public RoutePlan(List<Target> targets) {
    this(targets, AttemptRules.DEFAULT);
  }
}
