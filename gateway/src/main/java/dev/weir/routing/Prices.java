package dev.weir.routing;

import dev.weir.usage.PriceHistory;
import java.util.Optional;

/** What targets cost. Immutable; equal where all prices are. */
@FunctionalInterface
public interface Prices {
  /** No price is known. */
  Prices UNKNOWN = _ -> Optional.empty();

  /** A target's prices, past and to come; empty when none is known, which is never a price of zero. */
  Optional<PriceHistory> of(Target target);
}
