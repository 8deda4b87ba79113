package dev.weir.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.usage.Rates.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The vendors' list prices as {@code prices.txt} beside this class has them, where the form and the sources stand. Immutable.
 *
 * @param vendors by host
 * @param prices by {@code <vendor>/<model>}
 */
record ListPrices(Map<String, String> vendors, Map<String, PriceHistory> prices) {
  private static final int NANO_DIGITS = 9;
  private static final Pattern DATED =
      Pattern.compile("(.+?)-(?:[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}|latest)");

  static final ListPrices DEFAULT = read(resource());

  ListPrices {
    vendors = Map.copyOf(vendors);
    prices = Map.copyOf(prices);
  }

  private static String resource() {
    try (var in = Objects.requireNonNull(ListPrices.class.getResourceAsStream("prices.txt"))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Reads such a text.
   *
   * @throws IllegalArgumentException with the line that is wrong
   */
  static ListPrices read(String text) {
    var vendors = new HashMap<String, String>();
    var prices = new HashMap<String, List<Price>>();
    var vendor = "";
    for (var line : text.lines().toList()) {
      var words = List.of(line.split("#", 2)[0].strip().split("\\s+"));
      var first = words.getFirst();
      try {
        if (first.startsWith("@")) {
          vendor = first.substring(1);
          for (var host : words.subList(1, words.size())) {
            vendors.put(host, vendor);
          }
        } else if (!first.isEmpty()) {
          prices
              .computeIfAbsent(vendor + "/" + first, _ -> new ArrayList<>())
              .add(price(words.subList(1, words.size())));
        }
      } catch (RuntimeException wrong) {
        throw new IllegalArgumentException("not a line of prices: " + line, wrong);
      }
    }
    var histories = new HashMap<String, PriceHistory>();
    prices.forEach((model, all) -> histories.put(model, new PriceHistory(all)));
    return new ListPrices(vendors, histories);
  }

  private static Price price(List<String> words) {
    var from = Instant.EPOCH;
    var tiers = new ArrayList<Price.Tier>();
    var rates = new Rates(Map.of());
    // a tier's words stand before those of the next longer requests: the last one read is the open
    // one
    for (var word : words) {
      var at = word.indexOf('=');
      var name = word.substring(0, at);
      var value = word.substring(at + 1);
      switch (name) {
        case "since" ->
          from = LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        case "above" -> tiers.add(new Price.Tier(Long.parseLong(value), new Rates(Map.of())));
        default -> {
          if (tiers.isEmpty()) {
            rates = rates.with(kind(name), nanos(value));
          } else {
            var open = tiers.removeLast();
            tiers.add(new Price.Tier(open.above(), open.rates().with(kind(name), nanos(value))));
          }
        }
      }
    }
    return new Price(from, rates, tiers);
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "in" -> Kind.INPUT;
      case "out" -> Kind.OUTPUT;
      case "cached" -> Kind.CACHED_INPUT;
      case "write" -> Kind.CACHE_WRITE;
      case "reasoning" -> Kind.REASONING;
      case "audio_in" -> Kind.AUDIO_INPUT;
      case "audio_out" -> Kind.AUDIO_OUTPUT;
      case "request" -> Kind.REQUEST;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static long nanos(String dollars) {
    return new BigDecimal(dollars).movePointRight(NANO_DIGITS).longValueExact();
  }

  /** The vendor that a base URL belongs to, else the one of this name. */
  Optional<String> vendor(URI baseUrl, String name) {
    var byHost = Optional.ofNullable(baseUrl.getHost()).map(vendors::get);
    return byHost.isPresent() || !vendors.containsValue(name) ? byHost : Optional.of(name);
  }

  /** A model's prices: its own, or those of the model whose dated version it is. */
  Optional<PriceHistory> find(String vendor, String model) {
    var found = prices.get(vendor + "/" + model);
    if (found == null) {
      var dated = DATED.matcher(model);
      found = dated.matches() ? prices.get(vendor + "/" + dated.group(1)) : null;
    }
    return Optional.ofNullable(found);
  }
}
