package dev.weir.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.host.Meter;
import dev.weir.bench.load.Outcome;
import dev.weir.bench.run.Plan.Neighbours;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class VoidRulesTest {
  private static final Meter.Reading CALM = new Meter.Reading(1_000_000, 0.99, 0.5, 0, 0.02);

  @Test
  void a_clean_block_counts() {
    assertThat(VoidRules.broken(scenario("small"), outcome(0, 1), CALM, Neighbours.REFUSED))
        .isEmpty();
  }

  @Test
  void one_failed_request_is_enough() {
    assertThat(VoidRules.broken(scenario("small"), outcome(1, 1), CALM, Neighbours.TOLERATED))
        .containsExactly("1 failures, the first: status 502");
  }

  @Test
  void a_delayed_acknowledgement_is_a_failure_of_the_run() {
    assertThat(VoidRules.broken(scenario("rate-1000"), outcome(0, 41), CALM, Neighbours.TOLERATED))
        .hasSize(1)
        .first()
        .asString()
        .contains("38 to 46 ms");
  }

  @Test
  void a_full_load_core_matters_where_time_is_measured() {
    var busy = new Meter.Reading(1, 0.5, 0.9, 0, 0);
    assertThat(VoidRules.broken(scenario("small"), outcome(0, 1), busy, Neighbours.REFUSED))
        .isEmpty();
    assertThat(VoidRules.broken(scenario("sse-10"), outcome(0, 1), busy, Neighbours.REFUSED))
        .containsExactly("load core 90 %");
    assertThat(VoidRules.broken(scenario("sse-10"), outcome(0, 1), busy, Neighbours.TOLERATED))
        .isEmpty();
  }

  @Test
  void stolen_and_foreign_time_void_a_block() {
    var crowded = new Meter.Reading(1, 0.9, 0.5, 0.02, 0.3);
    assertThat(VoidRules.broken(scenario("small"), outcome(0, 1), crowded, Neighbours.REFUSED))
        .containsExactly("steal 2 %", "others on the service's core 30 %");
  }

  @Test
  void a_load_that_gives_out_first_is_said() {
    assertThat(VoidRules.unsaturated(scenario("small"), new Meter.Reading(1, 0.8, 0.99, 0, 0)))
        .isTrue();
    assertThat(VoidRules.unsaturated(scenario("small"), CALM)).isFalse();
  }

  private static Scenario scenario(String name) {
    return Scenarios.all(Scenarios.Generator.OWN).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Outcome outcome(long failures, long millis) {
    var latency = new Histogram(60_000_000_000L, 3);
    for (int i = 0; i < 100; i++) {
      latency.recordValue(i < 10 ? millis * 1_000_000 : 100_000);
    }
    return new Outcome(
        100, failures, "status 502", 1_000_000_000L, latency, new Histogram(60_000_000_000L, 3));
  }
}
