package dev.weir.snapshot;

import dev.weir.routing.Prices;
import dev.weir.routing.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prices of the models in the database, as they held when they were read. Immutable.
 *
 * @param byTarget by {@code <provider>/<model>}
 */
record StoredPrices(Map<String, Price> byTarget) implements Prices {
  StoredPrices {
    byTarget = Map.copyOf(byTarget);
  }

  /** For each model the price with the latest start that has passed. */
  static StoredPrices of(List<Document.ProviderRow> rows, Instant now) {
    var found = new HashMap<String, Price>();
    for (var row : rows) {
      for (var model : row.models()) {
        valid(model.prices(), now)
            .ifPresent(price -> found.put(
                row.name() + "/" + model.name(),
                new Price(price.inputNanos(), price.outputNanos())));
      }
    }
    return new StoredPrices(found);
  }

  private static Optional<Document.PriceRow> valid(List<Document.PriceRow> prices, Instant now) {
    return prices.stream()
        .filter(price -> !price.validFrom().isAfter(now))
        .max(java.util.Comparator.comparing(Document.PriceRow::validFrom));
  }

  @Override
  public Optional<Price> of(Target target) {
    return Optional.ofNullable(byTarget.get(target.id()));
  }
}
