package dev.weir.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.usage.PriceHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every strategy, over thousands of random ones, nested in each other. */
class StrategyContractTest {
  private static final List<String> MODELS = List.of("a/m1", "a/m2", "b/m2", "c/m3", "any/x");

  private final Random random = new Random(20261124);

  @Test
  void a_plan_is_never_empty_is_repeatable_holds_no_stranger_and_respects_health() {
    for (var i = 0; i < 3000; i++) {
      var routed = new Routed();
      var named = new ArrayList<String>();
      routed.policy("pol", Routed.names("smart"), strategy(3, named));
      disturb(routed);
      var router = routed.router();
      var facts = Routed.facts("smart", members(), Map.of("x-tier", tier()), random.nextLong());
      var decision = router.decide(Routed.anyone(), facts);
      var plan = decision.plan().targets().stream().map(Target::id).toList();
      assertThat(plan).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(named);
      assertThat(router.decide(Routed.anyone(), facts).plan().targets())
          .isEqualTo(decision.plan().targets());
      var well = plan.stream()
          .map(id -> !routed.health.unavailable.getOrDefault(id, false))
          .toList();
      assertThat(well.lastIndexOf(true))
          .as("those that are well come first: %s %s", plan, well)
          .isLessThanOrEqualTo(well.indexOf(false) < 0 ? plan.size() : well.indexOf(false) - 1);
    }
  }

  private void disturb(Routed routed) {
    for (var model : MODELS) {
      if (random.nextInt(3) == 0) {
        routed.health.unavailable.put(model, true);
      }
      routed.health.latency.put(model, (long) random.nextInt(3) * 1_000_000);
      routed.health.busy.put(model, random.nextInt(3));
      if (random.nextBoolean()) {
        routed.prices.put(model, Routed.price(random.nextInt(10), random.nextInt(10)));
      }
    }
  }

  private String members() {
    return switch (random.nextInt(3)) {
      case 0 -> ",\"user\":\"u" + random.nextInt(100) + "\"";
      case 1 -> ",\"metadata\":{\"team\":\"red\"},\"max_tokens\":9";
      default -> "";
    };
  }

  private String tier() {
    return random.nextBoolean() ? "gold" : "tin";
  }

  private String strategy(int depth, List<String> named) {
    var targets = new ArrayList<String>();
    var count = 1 + random.nextInt(4);
    for (var i = 0; i < count; i++) {
      targets.add(target(depth, named));
    }
    return switch (random.nextInt(6)) {
      case 0 -> of("fallback", targets);
      case 1 -> of("latency", targets);
      case 2 -> of("least_busy", targets);
      case 3 -> of("cheapest", targets);
      case 4 -> weighted(targets);
      default ->
        "{\"type\":\"conditional\",\"cases\":[{\"when\":" + when() + ",\"target\":"
            + targets.getFirst() + "}],\"default\":" + target(depth, named) + "}";
    };
  }

  private String weighted(List<String> targets) {
    var weighted = new ArrayList<String>();
    for (var target : targets) {
      var weight = weighted.isEmpty() ? 1 : random.nextInt(4);
      weighted.add(target.substring(0, target.length() - 1) + ",\"weight\":" + weight + "}");
    }
    var sticky = List.of("none", "user", "key").get(random.nextInt(3));
    return "{\"type\":\"weighted\",\"sticky\":\"" + sticky + "\",\"targets\":["
        + String.join(",", weighted) + "]}";
  }

  private String when() {
    return List.of(
            "{\"headers\":{\"X-Tier\":[\"gold\",\"silver\"]}}",
            "{\"metadata\":{\"team\":\"red\"}}",
            "{\"tokens\":{\"max\":20}}",
            "{\"time\":{\"zone\":\"Europe/Berlin\",\"from\":\"08:00\",\"to\":\"18:00\"}}",
            "{\"models\":[\"sm*\"]}",
            "{\"guardrails\":[\"pii\"]}")
        .get(random.nextInt(6));
  }

  private static String of(String type, List<String> targets) {
    return "{\"type\":\"" + type + "\",\"targets\":[" + String.join(",", targets) + "]}";
  }

  private String target(int depth, List<String> named) {
    if (depth > 1 && random.nextInt(3) == 0) {
      return strategy(depth - 1, named);
    }
    var model = MODELS.get(random.nextInt(MODELS.size()));
    named.add(model);
    return "{\"model\":\"" + model + "\"}";
  }

  @Test
  void weights_hold_within_confidence_bounds_over_ten_thousand_requests() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("ab"),
            "{\"type\":\"weighted\",\"targets\":[{\"model\":\"a/m1\",\"weight\":70},"
                + "{\"model\":\"b/m2\",\"weight\":25},{\"model\":\"c/m3\",\"weight\":5},"
                + "{\"model\":\"any/none\",\"weight\":0}]}");
    var counts = firsts(routed, 10_000, i -> Routed.facts("ab", random.nextLong()));
    within(counts, "a/m1", 0.70);
    within(counts, "b/m2", 0.25);
    within(counts, "c/m3", 0.05);
    assertThat(counts).doesNotContainKey("any/none");
    routed.health.unavailable.put("a/m1", true);
    var left = firsts(routed, 10_000, i -> Routed.facts("ab", random.nextLong()));
    within(left, "b/m2", 25.0 / 30);
    within(left, "c/m3", 5.0 / 30);
  }

  private static Map<String, Integer> firsts(
      Routed routed, int requests, java.util.function.IntFunction<RequestFacts> facts) {
    var router = routed.router();
    var counts = new HashMap<String, Integer>();
    for (var i = 0; i < requests; i++) {
      var first =
          router.decide(Routed.anyone(), facts.apply(i)).plan().targets().getFirst();
      counts.merge(first.id(), 1, Integer::sum);
    }
    return counts;
  }

  /** Four standard deviations: one false alarm in sixteen thousand seeds, and the seed is fixed. */
  private static void within(Map<String, Integer> counts, String target, double share) {
    var bound = 4 * Math.sqrt(10_000 * share * (1 - share));
    assertThat(counts.getOrDefault(target, 0).doubleValue())
        .isBetween(10_000 * share - bound, 10_000 * share + bound);
  }

  @Test
  void a_sticky_draw_is_the_same_for_a_user_and_shared_out_over_users() {
    var routed = new Routed().policy("pol", Routed.names("ab"), sticky("user", 50));
    var counts = firsts(
        routed, 10_000, i -> Routed.facts("ab", ",\"user\":\"user-" + i + "\"", Map.of(), i));
    within(counts, "a/m1", 0.5);
    var router = routed.router();
    var before = new HashMap<String, String>();
    for (var i = 0; i < 200; i++) {
      var user = "user-" + i % 20;
      var facts = Routed.facts("ab", ",\"user\":\"" + user + "\"", Map.of(), random.nextLong());
      var first =
          router.decide(Routed.anyone(), facts).plan().targets().getFirst().id();
      assertThat(before.merge(user, first, (old, _) -> old)).isEqualTo(first);
    }
  }

  @Test
  void a_larger_share_moves_only_those_it_must() {
    var half = new Routed().policy("pol", Routed.names("ab"), sticky("user", 50));
    var more = new Routed().policy("pol", Routed.names("ab"), sticky("user", 60));
    for (var i = 0; i < 1000; i++) {
      var facts = Routed.facts("ab", ",\"user\":\"u" + i + "\"", Map.of(), 1);
      if (half.plan(Routed.anyone(), facts).getFirst().equals("a/m1")) {
        assertThat(more.plan(Routed.anyone(), facts).getFirst()).isEqualTo("a/m1");
      }
    }
  }

  private static String sticky(String by, int share) {
    return "{\"type\":\"weighted\",\"sticky\":\"" + by
        + "\",\"targets\":[{\"model\":\"a/m1\",\"weight\":" + share
        + "},{\"model\":\"b/m2\",\"weight\":50}]}";
  }

  @Test
  void latency_prefers_the_faster_of_two_and_tries_what_is_not_known_yet() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("fast"),
            "{\"type\":\"latency\",\"targets\":" + Routed.targets("a/m1", "b/m2") + "}");
    routed.health.latency.putAll(Map.of("a/m1", 9_000_000L, "b/m2", 1_000_000L));
    assertThat(routed.plan("fast")).containsExactly("b/m2", "a/m1");
    routed.health.busy.put("b/m2", 20);
    assertThat(routed.plan("fast")).containsExactly("a/m1", "b/m2");
    routed.health.latency.remove("b/m2");
    routed.health.busy.clear();
    assertThat(routed.plan("fast")).containsExactly("b/m2", "a/m1");
  }

  @Test
  void latency_of_three_never_puts_the_slowest_first() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("fast"),
            "{\"type\":\"latency\",\"targets\":" + Routed.targets("a/m1", "b/m2", "c/m3") + "}");
    routed.health.latency.putAll(Map.of("a/m1", 1L, "b/m2", 2L, "c/m3", 3L));
    var counts = firsts(routed, 10_000, i -> Routed.facts("fast", random.nextLong()));
    within(counts, "a/m1", 2.0 / 3);
    within(counts, "b/m2", 1.0 / 3);
    assertThat(counts).doesNotContainKey("c/m3");
  }

  @Test
  void least_busy_counts_attempts_and_shares_out_what_is_equal() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("idle"),
            "{\"type\":\"least_busy\",\"targets\":" + Routed.targets("a/m1", "b/m2") + "}");
    within(firsts(routed, 10_000, i -> Routed.facts("idle", random.nextLong())), "a/m1", 0.5);
    routed.health.busy.put("a/m1", 1);
    assertThat(routed.plan("idle")).containsExactly("b/m2", "a/m1");
  }

  @Test
  void cheapest_reckons_with_the_length_and_puts_no_price_last() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("cheap"),
            "{\"type\":\"cheapest\",\"targets\":" + Routed.targets("c/m3", "a/m1", "b/m2") + "}");
    routed.prices.put("a/m1", Routed.price(1, 100));
    routed.prices.put("b/m2", Routed.price(50, 2));
    assertThat(routed.plan("cheap")).containsExactly("b/m2", "a/m1", "c/m3");
    var longOne =
        Routed.facts("cheap", ",\"max_tokens\":1,\"x\":\"" + "y".repeat(4000) + "\"", Map.of(), 1);
    assertThat(routed.plan(Routed.anyone(), longOne)).containsExactly("a/m1", "b/m2", "c/m3");
  }

  @Test
  void a_price_with_a_future_date_counts_from_its_time_on_without_any_change() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("cheap"),
            "{\"type\":\"cheapest\",\"targets\":" + Routed.targets("a/m1", "b/m2") + "}");
    var rise = Routed.NOON.instant().plusSeconds(60);
    routed.prices.put(
        "a/m1",
        new PriceHistory(List.of(Routed.price(Instant.EPOCH, 1, 1), Routed.price(rise, 9, 9))));
    routed.prices.put("b/m2", Routed.price(5, 5));
    var clock = new MovedClock(Routed.NOON.instant());
    // compiled once: nothing is rebuilt when the time comes
    var router = routed.router(clock);
    var facts = Routed.facts("cheap");
    assertThat(router.decide(Routed.anyone(), facts).planned().getFirst().id()).isEqualTo("a/m1");
    clock.now = rise;
    assertThat(router.decide(Routed.anyone(), facts).planned().getFirst().id()).isEqualTo("b/m2");
  }

  private static final class MovedClock extends Clock {
    private volatile Instant now;

    MovedClock(Instant now) {
      this.now = now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void a_case_keeps_what_it_is_for_away_from_the_default_even_on_failure() {
    var routed = new Routed()
        .policy(
            "pol",
            Routed.names("safe"),
            "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"headers\":{\"x-tier\":\"gold\"}},"
                + "\"target\":{\"model\":\"a/m1\"}}],\"default\":{\"model\":\"b/m2\"}}");
    routed.health.unavailable.put("a/m1", true);
    var gold = Routed.facts("safe", "", Map.of("x-tier", "gold"), 1);
    assertThat(routed.plan(Routed.anyone(), gold)).containsExactly("a/m1");
    assertThat(routed.plan("safe")).containsExactly("b/m2");
  }
}
