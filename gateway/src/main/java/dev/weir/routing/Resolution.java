package dev.weir.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What answers for a name that a caller asked for. Immutable.
 *
 * @param policy null when it is no policy
 * @param choice null when nothing answers
 * @param passed policies of the caller's levels that were asked before
 */
record Resolution(
    String asked,
    RouteDecision.Origin origin,
    @Nullable CompiledPolicy policy,
    @Nullable Choice choice,
    List<RouteDecision.Passed> passed) {
  @Nullable
  RoutingPolicy rule() {
    return policy == null ? null : policy.policy();
  }
}
