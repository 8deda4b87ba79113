package dev.weir.routing;

/** One place a strategy can send a request to. Immutable. */
public sealed interface Branch {
  /** A model by its full name, or an alias of the tenant's, or a bare name of the catalogue: looked up in this order. */
  record Model(String name) implements Branch {}

  /** Another policy of the tenant's, by its id. */
  record Policy(String id) implements Branch {}

  /** A strategy of its own. */
  record Nested(Strategy strategy) implements Branch {}
}
