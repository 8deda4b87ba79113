package dev.weir.routing;

import java.util.Optional;

/** What targets cost now. Immutable. */
public interface Prices {
  /** No price is known. */
  Prices UNKNOWN = _ -> Optional.empty();

  /**
   * A price in nano-dollars per million tokens.
   *
   * @param input for each million of the request's
   * @param output for each million of the answer's
   */
  record Price(long input, long output) {}

  /** A target's price; empty when it is not known, which is never a price of zero. */
  Optional<Price> of(Target target);
}
