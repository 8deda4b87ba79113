package dev.weir.snapshot;

import dev.weir.provider.Provider;
import dev.weir.routing.Prices;
import dev.weir.routing.Target;
import dev.weir.usage.Price;
import dev.weir.usage.PriceHistory;
import dev.weir.usage.PriceList;
import dev.weir.usage.Rates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The price list as routing asks it. Immutable. */
record TargetPrices(PriceList list) implements Prices {
  static final TargetPrices NONE = new TargetPrices(PriceList.NONE);

  /** The prices of the models in the database, before those that are known of all these providers. */
  static TargetPrices of(List<Document.ProviderRow> rows, List<Provider> providers) {
    var own = new HashMap<String, PriceHistory>();
    for (var row : rows) {
      for (var model : row.models()) {
        if (!model.prices().isEmpty()) {
          var prices = model.prices().stream().map(TargetPrices::price).toList();
          own.put(row.name() + "/" + model.name(), new PriceHistory(prices));
        }
      }
    }
    return new TargetPrices(PriceList.of(Map.copyOf(own), providers));
  }

  private static Price price(Document.PriceRow row) {
    var rates = Rates.of(row.inputNanos(), row.outputNanos());
    return new Price(
        row.validFrom(),
        row.cachedNanos()
            .map(nanos -> rates.with(Rates.Kind.CACHED_INPUT, nanos))
            .orElse(rates),
        List.of());
  }

  @Override
  public Optional<PriceHistory> of(Target target) {
    return list.find(target.provider().name(), target.model());
  }
}
