package dev.weir.usage;

import dev.weir.protocol.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a model costs from an instant on. Immutable.
 *
 * @param tiers for longer requests, the longest first
 */
public record Price(Instant from, Rates rates, List<Tier> tiers) {
  /** What is used in the process itself. */
  static final Price NOTHING = new Price(Instant.MIN, Rates.of(0, 0), List.of());

  /**
   * What all tokens of a request cost that has more of input than this.
   *
   * @param above tokens of input, cached ones included
   */
  public record Tier(long above, Rates rates) {}

  public Price {
    tiers = tiers.stream()
        .sorted((one, other) -> Long.compare(other.above(), one.above()))
        .toList();
  }

  /** Nano-dollars; empty where nothing was reported, or a kind of token has no known price. */
  public OptionalLong cost(TokenUsage usage) {
    return usage.known() ? rates(usage.input()).cost(usage) : OptionalLong.empty();
  }

  /** Those of a request with so many tokens of input. */
  public Rates rates(long input) {
    for (var tier : tiers) {
      if (input > tier.above()) {
        return tier.rates();
      }
    }
    return rates;
  }
}
