package dev.weir.usage;

import dev.weir.protocol.TokenUsage;
import java.time.Instant;
import java.util.Optional;

/** What tokens cost: the seam to the price list. Safe for many threads. */
@FunctionalInterface
public interface Pricing {
  /** No model has a price. */
  Pricing UNKNOWN = (_, _, _, _) -> Optional.empty();

  /** Empty where no price is known, which is not a price of zero. */
  Optional<Charge> charge(String provider, String model, TokenUsage usage, Instant at);

  /**
   * A cost, and the price that it was made by.
   *
   * @param nanos nano-dollars
   * @param priceFrom since when that price holds: its version; empty where nothing was used
   */
  record Charge(long nanos, Optional<Instant> priceFrom) {
    /** Nothing was used, and it cost nothing. */
    static final Charge NOTHING = new Charge(0, Optional.empty());
  }
}
