package dev.weir.routing;

/**
 * A policy, and whether some level names it. Immutable.
 *
 * @param binding a policy that no level names is an alias for its whole tenant
 */
public record PlacedPolicy(RoutingPolicy policy, Binding binding) {
  /** Whether a tenant, department, team or key names a policy. */
  public enum Binding {
    BOUND,
    FREE
  }

  String id() {
    return policy.id();
  }
}
