package dev.weir.usage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The prices of one model, past and to come. Immutable.
 *
 * @param prices the latest first
 */
public record PriceHistory(List<Price> prices) {
  static final PriceHistory FREE = new PriceHistory(List.of(Price.NOTHING));

  public PriceHistory {
    prices =
        prices.stream().sorted(Comparator.comparing(Price::from).reversed()).toList();
  }

  /** The price that holds then; empty before the first. */
  public Optional<Price> at(Instant time) {
    for (var price : prices) {
      if (!price.from().isAfter(time)) {
        return Optional.of(price);
      }
    }
    return Optional.empty();
  }
}
