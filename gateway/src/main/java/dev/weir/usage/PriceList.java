package dev.weir.usage;

import dev.weir.provider.LocalProvider;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What models cost: the operator's own prices, else the vendor's list prices ({@link ListPrices}). Immutable.
 *
 * <p>What neither knows has no price, which is not a price of zero. What is answered in the process costs nothing.
 *
 * @param own the operator's, by {@code <provider>/<model>}
 * @param providers by name, what their models cost where no price of the operator's says
 */
public record PriceList(Map<String, PriceHistory> own, Map<String, Source> providers) {
  /** Nothing has a price. */
  public static final PriceList NONE = new PriceList(Map.of(), Map.of());

  /** Where a provider's prices come from. */
  sealed interface Source {
    /** The process itself. */
    record Free() implements Source {}

    /** @param name of the vendor in the list prices */
    record Vendor(String name) implements Source {}
  }

  public PriceList {
    own = Map.copyOf(own);
    providers = Map.copyOf(providers);
  }

  /**
   * The prices of these providers. One whose host is a vendor's has the vendor's prices; so has one that bears its name, wherever it
   * lies: a proxy of the operator's.
   */
  public static PriceList of(Map<String, PriceHistory> own, List<Provider> providers) {
    var sources = new HashMap<String, Source>();
    for (var provider : providers) {
      switch (provider) {
        case LocalProvider _ -> sources.put(provider.name(), new Source.Free());
        case RemoteProvider remote ->
          ListPrices.DEFAULT
              .vendor(remote.baseUrl(), remote.name())
              .ifPresent(vendor -> sources.put(provider.name(), new Source.Vendor(vendor)));
      }
    }
    return new PriceList(own, sources);
  }

  /** A model's prices; empty where none is known. */
  public Optional<PriceHistory> find(String provider, String model) {
    var ours = own.get(provider + "/" + model);
    if (ours != null) {
      return Optional.of(ours);
    }
    return switch (providers.get(provider)) {
      case null -> Optional.empty();
      case Source.Free _ -> Optional.of(PriceHistory.FREE);
      case Source.Vendor vendor -> ListPrices.DEFAULT.find(vendor.name(), model);
    };
  }
}
