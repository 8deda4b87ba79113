package dev.weir.routing;

import java.util.List;

/** The targets to try, in order; never empty. Immutable. */
public record RoutePlan(List<Target> targets) {
  public RoutePlan {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a target");
    }
    targets = List.copyOf(targets);
  }
}
