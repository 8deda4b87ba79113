package dev.weir.routing;

import static dev.weir.routing.Routed.fallback;
import static dev.weir.routing.Routed.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.identity.Level;
import dev.weir.identity.Principal;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final List<String> ALL = List.of();

  @Test
  void the_most_specific_level_whose_policy_lists_the_name_decides() {
    var routed = new Routed()
        .bound("key", names("only-key"), fallback("a/m1"))
        .bound("team", names("smart"), fallback("b/m2"))
        .bound("dep", names("smart", "dep"), fallback("c/m3"))
        .bound("ten", "{}", fallback("any/default"))
        .policy("alias", names("smart", "free"), fallback("a/m2"));
    var caller = Routed.caller(
        ALL,
        Map.of(
            Level.Kind.KEY, "key",
            Level.Kind.TEAM, "team",
            Level.Kind.DEPARTMENT, "dep",
            Level.Kind.TENANT, "ten"));
    assertThat(routed.plan(caller, Routed.facts("only-key"))).containsExactly("a/m1");
    assertThat(routed.plan(caller, Routed.facts("smart"))).containsExactly("b/m2");
    assertThat(routed.plan(caller, Routed.facts("dep"))).containsExactly("c/m3");
    assertThat(routed.plan(caller, Routed.facts("free"))).containsExactly("any/default");
    assertThat(routed.plan(caller, Routed.facts("a/m1"))).containsExactly("a/m1");
    assertThat(routed.plan("free")).containsExactly("a/m2");
    assertThat(routed.plan("smart")).containsExactly("a/m2");
  }

  @Test
  void a_full_name_is_the_providers_unless_a_policy_lists_that_very_name() {
    var routed = new Routed().policy("pin", names("a/m1"), fallback("b/m2"));
    assertThat(routed.plan("a/m1")).containsExactly("b/m2");
    assertThat(routed.plan("a/m2")).containsExactly("a/m2");
    assertThat(routed.plan("any/whatever/there")).containsExactly("any/whatever/there");
  }

  @Test
  void a_bound_policy_is_no_alias_for_others() {
    var routed = new Routed().bound("team", names("secret"), fallback("b/m2"));
    assertThatThrownBy(() -> routed.plan("secret"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND));
  }

  @Test
  void aliases_lead_on_to_other_policies_and_to_groups() {
    var routed = new Routed()
        .policy("one", names("one"), fallback("two", "a/m1"))
        .policy("two", names("two"), fallback("c/m3", "m2"))
        .policy(
            "three",
            names("three"),
            "{\"type\":\"fallback\",\"targets\":[{\"routing_policy_id\":\"two\"}]}");
    assertThat(routed.plan("one")).containsExactly("c/m3", "a/m2", "a/m1");
    assertThat(routed.plan("three")).containsExactly("c/m3", "a/m2");
  }

  @Test
  void a_list_of_aliases_works_and_opens_nothing_behind_them() {
    var routed = new Routed().policy("p", names("smart"), fallback("a/m1", "b/m2"));
    var caller = Routed.caller(List.of("smart"), Map.of());
    assertThat(routed.plan(caller, Routed.facts("smart"))).containsExactly("a/m1", "b/m2");
    refused(routed, caller, "a/m1");
    refused(routed, caller, "m1");
    refused(routed, caller, "any/smart");
    assertThat(routed.router().visibleTo(caller))
        .extracting(VisibleModel::id)
        .containsExactly("smart");
  }

  @Test
  void an_alias_that_is_not_allowed_reaches_only_the_targets_that_are() {
    var routed = new Routed()
        .policy("p", names("smart"), fallback("a/m1", "b/m2"))
        .policy("q", names("other"), fallback("c/m3"));
    var caller = Routed.caller(List.of("b/*"), Map.of());
    assertThat(routed.plan(caller, Routed.facts("smart"))).containsExactly("b/m2");
    refused(routed, caller, "other");
    assertThat(routed.router().visibleTo(caller))
        .extracting(VisibleModel::id)
        .containsExactly("b/m2", "smart");
  }

  @Test
  void a_bare_name_on_the_list_means_what_asking_for_it_means() {
    var caller = Routed.caller(List.of("m2"), Map.of());
    var routed = new Routed();
    assertThat(routed.plan(caller, Routed.facts("m2"))).containsExactly("a/m2");
    assertThat(routed.plan(caller, Routed.facts("a/m2"))).containsExactly("a/m2");
    refused(routed, caller, "b/m2");
    refused(routed, caller, "any/m2");
    routed.policy("p", names("m2"), fallback("c/m3"));
    assertThat(routed.plan(caller, Routed.facts("m2"))).containsExactly("c/m3");
    refused(routed, caller, "a/m2");
  }

  private static void refused(Routed routed, Principal caller, String model) {
    assertThatThrownBy(() -> routed.plan(caller, Routed.facts(model)))
        .isInstanceOfSatisfying(
            GatewayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
  }

  @Test
  void what_is_listed_can_be_used_and_what_is_used_is_listed() {
    var routed = new Routed()
        .policy("p", names("smart", "a/m1"), fallback("a/m1", "b/m2"))
        .bound("q", names("team-only"), fallback("c/m3"));
    for (var allowed : List.of(
        List.<String>of(),
        List.of("smart"),
        List.of("a/*"),
        List.of("m*", "any/x"),
        List.of("b/m2"))) {
      for (var bound : List.of(Map.<Level.Kind, String>of(), Map.of(Level.Kind.TEAM, "q"))) {
        var caller = Routed.caller(allowed, bound);
        var visible =
            routed.router().visibleTo(caller).stream().map(VisibleModel::id).toList();
        assertThat(visible).doesNotHaveDuplicates();
        for (var name : List.of("smart", "a/m1", "a/m2", "b/m2", "c/m3", "team-only", "any/x")) {
          var refusal = routed.router().decide(caller, Routed.facts(name)).refusal();
          if (!name.equals("any/x") || !allowed.isEmpty()) {
            assertThat(visible.contains(name))
                .as("%s for %s", name, caller)
                .isEqualTo(refusal == null);
          }
        }
      }
    }
  }

  @Test
  void targets_that_are_not_well_are_the_last_resort() {
    var routed = new Routed().policy("p", names("smart"), fallback("a/m1", "b/m2", "c/m3"));
    routed.health.unavailable.put("a/m1", true);
    assertThat(routed.plan("smart")).containsExactly("b/m2", "c/m3", "a/m1");
    routed.health.unavailable.putAll(Map.of("b/m2", true, "c/m3", true));
    assertThat(routed.plan("smart")).containsExactly("a/m1", "b/m2", "c/m3");
  }

  @Test
  void the_decision_writes_itself() {
    var routed = new Routed()
        .bound("other", names("unlike"), fallback("c/m3"))
        .policy("p", names("smart"), fallback("a/m1", "b/m2"));
    routed.health.unavailable.put("a/m1", true);
    var caller = Routed.caller(List.of("smart"), Map.of(Level.Kind.TEAM, "other"));
    var text = written(routed.router().decide(caller, Routed.facts("smart")));
    assertThat(text)
        .contains("\"decided_by\":\"alias\"")
        .contains("\"policy\":{\"id\":\"p\",\"name\":\"the p\",\"version\":1}")
        .contains(
            "{\"level\":\"team\",\"routing_policy_id\":\"other\",\"reason\":\"does_not_list_the_model\"}")
        .contains("{\"at\":\"strategy\",\"type\":\"fallback\",\"first\":\"strategy.targets[0]\"}")
        .contains(
            "{\"target\":\"b/m2\",\"provider\":\"b\",\"model\":\"m2\",\"verdict\":\"planned\"}")
        .contains(
            "\"target\":\"a/m1\",\"provider\":\"a\",\"model\":\"m1\",\"verdict\":\"last_resort\"");
    assertThat(written(routed.router().decide(caller, Routed.facts("c/m3"))))
        .contains("\"verdict\":\"not_allowed\"")
        .contains("\"code\":\"permission_denied\"");
  }

  private static String written(RouteDecision decision) {
    var json = new JsonWriter();
    decision.write(json);
    assertThat(JsonObject.read(json.bytes()).size()).isEqualTo(7);
    return new String(json.bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
