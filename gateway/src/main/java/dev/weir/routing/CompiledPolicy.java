package dev.weir.routing;

/**
 * A policy with all its names resolved. Immutable.
 *
 * @param binding whether some level names it
 */
record CompiledPolicy(RoutingPolicy policy, Choice choice, PlacedPolicy.Binding binding) {
  /**
   * Whether it answers for this name on a level that names it.
   *
   * @param addressed whether the name is a provider's {@code <provider>/<model>}, answered for only where it is listed
   */
  boolean answersFor(String asked, boolean addressed) {
    return policy.models().isEmpty() ? !addressed : policy.models().contains(asked);
  }
}
