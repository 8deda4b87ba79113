package dev.weir.routing;

import static dev.weir.routing.Routed.fallback;
import static dev.weir.routing.Routed.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.InvalidDocument;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RoutingCheckTest {
  private static PlacedPolicy free(String id, String match, String strategy) {
    return Routed.row(id, match, strategy, PlacedPolicy.Binding.FREE);
  }

  private static void refused(ThrowingCallable saving, String path) {
    assertThatThrownBy(saving)
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo(path));
  }

  @Test
  void what_does_not_exist_is_refused_with_its_path() {
    var check = new Routed().check();
    refused(
        () -> check.policy(free("p", "{}", fallback("a/m1", "a/absent"))),
        "strategy.targets[1].model");
    refused(
        () -> check.policy(free("p", "{}", fallback("nowhere/m1"))), "strategy.targets[0].model");
    refused(() -> check.policy(free("p", "{}", fallback("unheard"))), "strategy.targets[0].model");
    refused(
        () -> check.policy(free(
            "p", "{}", "{\"type\":\"fallback\",\"targets\":[{\"routing_policy_id\":\"pol_x\"}]}")),
        "strategy.targets[0].routing_policy_id");
    refused(
        () -> check.policy(free(
            "p",
            "{}",
            "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"models\":[\"x\"]},\"target\":{\"type\":\"latency\","
                + "\"targets\":[{\"model\":\"zz\"}]}}],\"default\":{\"model\":\"a/m1\"}}")),
        "strategy.cases[0].target.targets[0].model");
    assertThatCode(() -> check.policy(free("p", "{}", fallback("any/unlisted", "m3"))))
        .doesNotThrowAnyException();
  }

  @Test
  void circles_are_refused() {
    refused(
        () -> new Routed().check().policy(free("p", names("self"), fallback("self"))),
        "strategy.targets[0].model");
    var routed = new Routed()
        .policy("one", names("one"), fallback("two", "a/m1"))
        .policy("two", names("two"), fallback("three", "a/m1"))
        .policy("three", names("three"), fallback("a/m1"));
    refused(
        () -> routed.check().policy(free("three", names("three"), fallback("a/m1", "one"))),
        "strategy.targets[1].model");
    assertThatCode(
            () -> routed.check().policy(free("three", names("three"), fallback("c/m3", "a/m1"))))
        .doesNotThrowAnyException();
    refused(
        () -> routed
            .check()
            .policy(free(
                "three",
                names("three"),
                "{\"type\":\"fallback\",\"targets\":[{\"routing_policy_id\":\"one\"}]}")),
        "strategy.targets[0].routing_policy_id");
  }

  @Test
  void a_change_that_leaves_another_policy_without_its_name_is_refused() {
    var routed = new Routed()
        .policy("outer", names("outer"), fallback("inner"))
        .policy("inner", names("inner"), fallback("a/m1"));
    refused(
        () -> routed.check().policy(free("inner", names("renamed"), fallback("a/m1"))),
        "match.models");
    refused(() -> routed.check().withoutPolicy("inner"), "");
    assertThatCode(() -> routed.check().withoutPolicy("outer")).doesNotThrowAnyException();
    routed.route("/x", 0, Optional.of("outer"), Optional.empty());
    refused(() -> routed.check().withoutPolicy("outer"), "");
  }

  @Test
  void what_grows_too_large_with_its_aliases_is_refused() {
    var routed = new Routed();
    routed.policy("p0", names("n0"), fallback("a/m1", "b/m2"));
    for (var i = 1; i < 7; i++) {
      routed.policy("p" + i, names("n" + i), fallback("n" + (i - 1), "n" + (i - 1)));
    }
    assertThat(routed.compiled().skipped()).isEmpty();
    refused(() -> routed.check().policy(free("p7", names("n7"), fallback("n6", "n6"))), "strategy");
  }

  @Test
  void the_snapshot_skips_what_cannot_be_used_and_keeps_what_is_left() {
    var routed = new Routed()
        .policy("gone", names("gone"), fallback("nowhere/m1"))
        .policy("half", names("half"), fallback("nowhere/m1", "a/m1"))
        .policy("leads", names("leads"), fallback("gone", "b/m2"))
        .policy("circle-a", names("ca"), fallback("cb"))
        .policy("circle-b", names("cb"), fallback("ca"))
        .policy(
            "case",
            names("case"),
            "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"models\":[\"x\"]},\"target\":"
                + "{\"model\":\"nowhere/m\"}}],\"default\":{\"model\":\"a/m1\"}}")
        .route("/lost", 0, Optional.of("gone"), Optional.empty())
        .route("/model", 0, Optional.empty(), Optional.of("nowhere/m1"));
    assertThat(routed.compiled().skipped())
        .extracting(TenantRouting.Skipped::id)
        .containsExactly("gone", "circle-a", "circle-b", "case", "rt_0", "rt_1");
    assertThat(routed.plan("half")).containsExactly("a/m1");
    assertThat(routed.plan("leads")).containsExactly("b/m2");
  }

  @Test
  void a_line_or_a_circle_of_ten_thousand_aliases_is_cut_and_not_fallen_down() {
    var routed = new Routed();
    for (var i = 0; i < 10_000; i++) {
      routed.policy("p" + i, names("n" + i), fallback("n" + (i + 1)));
    }
    routed.policy("p10000", names("n10000"), fallback("a/m1"));
    var compiled = routed.compiled();
    assertThat(compiled.policy("p10000")).isPresent();
    assertThat(compiled.policy("p9995")).isPresent();
    assertThat(compiled.policy("p0")).isEmpty();
    routed.policies.removeLast();
    routed.policy("p10000", names("n10000"), fallback("n0"));
    assertThat(routed.compiled().skipped()).hasSize(10_001);
  }

  @Test
  void routes_that_stand_on_each_other_or_on_the_gateways_own_are_refused() {
    var routed = new Routed().route("/support/{id}", 5, Optional.empty(), Optional.of("a/m1"));
    var check = routed.check();
    refused(() -> check.apiRoute(route("/support/{case}", 5, "a/m1")), "path");
    assertThatCode(() -> check.apiRoute(route("/support/{case}", 6, "a/m1")))
        .doesNotThrowAnyException();
    for (var path : new String[] {
      "/v1/chat/completions",
      "/v1/models/x",
      "/livez",
      "support",
      "/a//b",
      "/a/*/b",
      "/a/{B}",
      "/a/%20",
      "/{a}/{a}",
      "/a/..",
      "/"
    }) {
      refused(() -> check.apiRoute(route(path, 1, "a/m1")), "path");
    }
    refused(() -> check.apiRoute(route("/x", 1, "absent")), "model");
    refused(
        () -> check.apiRoute(
            Routed.route("r", "/x", 1, Optional.of("pol_none"), Optional.empty(), "{}")),
        "routing_policy_id");
    refused(
        () -> check.apiRoute(
            Routed.route("r", "/x", 1, Optional.empty(), Optional.empty(), "{\"model\":\"x\"}")),
        "parameters.model");
    refused(
        () -> check.apiRoute(Routed.route("r", "/x", 1, Optional.empty(), Optional.empty(), "[1]")),
        "parameters");
  }

  private static ApiRoute route(String path, int priority, String model) {
    return Routed.route("new", path, priority, Optional.empty(), Optional.of(model), "{}");
  }
}
