package dev.weir.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.TokenUsage;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {
  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant IN_2024 = Instant.parse("2024-11-25T00:00:00Z");

  private static Provider at(String name, String url) {
    return new RemoteProvider(name, URI.create(url), "", List.of());
  }

  private static final PriceList LIST = PriceList.of(
      Map.of(
          "main/gpt-4o", new PriceHistory(List.of(new Price(IN_2024, Rates.of(7, 8), List.of())))),
      List.of(
          at("main", "https://api.openai.com/v1"),
          at("openai", "http://127.0.0.1:1/v1"),
          at("claude", "https://api.anthropic.com/v1"),
          at("gemini", "https://generativelanguage.googleapis.com/v1beta/openai"),
          at("perplexity", "https://api.perplexity.ai"),
          at("mine", "http://10.0.0.1/v1")));

  private static long cost(String provider, String model, TokenUsage usage) {
    return LIST.find(provider, model)
        .orElseThrow()
        .at(NOW)
        .orElseThrow()
        .cost(usage)
        .orElse(-1);
  }

  @Test
  void the_operators_own_price_comes_first_then_that_of_the_host_or_of_the_name() {
    assertThat(LIST.find("main", "gpt-4o").orElseThrow().at(NOW).orElseThrow().rates())
        .isEqualTo(Rates.of(7, 8));
    assertThat(cost("main", "gpt-4o-mini", new TokenUsage(1_000_000, 0, 0, 0)))
        .isEqualTo(150_000_000);
    assertThat(cost("openai", "gpt-4o-mini", new TokenUsage(1_000_000, 0, 0, 0)))
        .isEqualTo(150_000_000);
  }

  @Test
  void unknown_is_unknown_and_never_zero() {
    assertThat(LIST.find("mine", "gpt-4o")).isEmpty();
    assertThat(LIST.find("main", "gpt-99")).isEmpty();
    assertThat(LIST.find("nobody", "gpt-4o")).isEmpty();
    // before the first price, without a report, and with tokens of a kind without a price
    assertThat(LIST.find("main", "gpt-4o").orElseThrow().at(IN_2024.minusSeconds(1)))
        .isEmpty();
    assertThat(cost("openai", "gpt-4o", TokenUsage.UNKNOWN)).isEqualTo(-1);
    assertThat(cost("openai", "gpt-4o", new TokenUsage(10, 1, 0, 0, 0, 5, 0))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"gpt-4o-2024-08-06", "gpt-4o", "gpt-4o-latest"})
  void a_dated_name_costs_what_its_model_does(String model) {
    assertThat(cost("openai", model, new TokenUsage(1, 0, 0, 0))).isEqualTo(2500);
  }

  @Test
  void a_dated_name_of_its_own_comes_first() {
    assertThat(cost("openai", "gpt-4o-2024-05-13", new TokenUsage(1, 0, 0, 0))).isEqualTo(5000);
    assertThat(cost("claude", "claude-sonnet-4-5-20250929", new TokenUsage(1, 0, 0, 0)))
        .isEqualTo(3000);
    assertThat(LIST.find("main", "gpt-4o-mini-2024-7-18")).isEmpty();
  }

  @Test
  void each_kind_of_token_has_its_price() {
    // 1,000 of input, of which 600 from the cache and 100 into it; 50 of output
    assertThat(cost("claude", "claude-haiku-4-5", new TokenUsage(1000, 50, 600, 10, 100, 0, 0)))
        .isEqualTo(300 * 1000 + 600 * 100 + 100 * 1250 + 50 * 5000);
    assertThat(cost("gemini", "gemini-2.5-flash", new TokenUsage(100, 0, 0, 0, 0, 40, 0)))
        .isEqualTo(60 * 300 + 40 * 1000);
    // and the request its own
    assertThat(cost("perplexity", "sonar", new TokenUsage(1, 1, 0, 0))).isEqualTo(12_002_000);
  }

  @Test
  void long_requests_cost_more_for_all_their_tokens() {
    assertThat(cost("gemini", "gemini-2.5-pro", new TokenUsage(200_000, 1, 0, 0)))
        .isEqualTo(200_000L * 1250 + 10_000);
    assertThat(cost("gemini", "gemini-2.5-pro", new TokenUsage(200_001, 1, 100_000, 0)))
        .isEqualTo(100_001L * 2500 + 100_000L * 250 + 15_000);
  }

  @Test
  void a_price_holds_from_its_day_on() {
    var o3 = LIST.find("openai", "o3").orElseThrow();
    var usage = new TokenUsage(1, 0, 0, 0);
    assertThat(o3.at(Instant.parse("2025-06-09T23:59:59Z")).orElseThrow().cost(usage))
        .hasValue(10_000);
    assertThat(o3.at(Instant.parse("2025-06-10T00:00:00Z")).orElseThrow().cost(usage))
        .hasValue(2000);
  }

  @Test
  void costs_are_exact_and_rounded_up_once() {
    var random = new Random(8);
    for (var i = 0; i < 2000; i++) {
      var in = random.nextLong(1_000_000_000);
      var out = random.nextLong(1_000_000_000);
      var rates = Rates.of(random.nextLong(1_000_000_000_000_000L) / 3, random.nextLong(1_000_000));
      var exact = BigDecimal.valueOf(in)
          .multiply(BigDecimal.valueOf(rates.of(Rates.Kind.INPUT).orElseThrow()))
          .add(BigDecimal.valueOf(out)
              .multiply(BigDecimal.valueOf(rates.of(Rates.Kind.OUTPUT).orElseThrow())))
          .movePointLeft(6)
          .setScale(0, RoundingMode.CEILING);
      assertThat(rates.cost(new TokenUsage(in, out, 0, 0))).hasValue(exact.longValueExact());
    }
    assertThat(Rates.of(1, 1).cost(new TokenUsage(1, 1, 0, 0))).hasValue(1);
  }

  @Test
  void every_line_of_the_list_has_both_prices_and_a_vendor() {
    assertThat(ListPrices.DEFAULT.prices().size()).isGreaterThan(100);
    ListPrices.DEFAULT.prices().forEach((model, history) -> {
      assertThat(model).matches("[a-z]+/.+");
      for (var price : history.prices()) {
        assertThat(price.cost(new TokenUsage(1_000_000, 1, 1, 1))).as(model).isPresent();
        assertThat(price.rates().of(Rates.Kind.INPUT).orElse(0)).as(model).isPositive();
      }
    });
    assertThatThrownBy(() -> ListPrices.read("@x host\nm in=1 tokens=3"))
        .hasMessageContaining("m in=1 tokens=3");
  }
}
