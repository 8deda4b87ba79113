package dev.weir.routing;

/**
 * A policy as it is stored. Immutable.
 *
 * @param match JSON, as {@link RoutingPolicy#read} takes it
 * @param strategy JSON
 * @param binding whether some level names it: one that none names is an alias for the whole tenant
 */
public record PolicyRow(
    String id, String name, long version, String match, String strategy, Binding binding) {
  /** Whether a tenant, department, team or key names a policy. */
  public enum Binding {
    BOUND,
    FREE
  }
}
