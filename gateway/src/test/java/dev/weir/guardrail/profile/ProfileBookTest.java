package dev.weir.guardrail.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.SimpleDetectors;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfileBookTest {
  private static final Detectors DETECTORS = SimpleDetectors.all();
  private static final BuiltInProfiles BUILT_IN = new BuiltInProfiles(DETECTORS);
  private static final List<String> IDS =
      List.of("pii.email", "pii.card", "injection", "secrets.openai");
  private static final List<String> LEVELS = List.of("key", "team", "department", "tenant");

  @Test
  void the_nearest_level_decides_and_ancestors_add_what_is_mandatory() {
    var book = book(Map.of(
        "tenant",
        "[{\"guardrail\":\"pii.card\",\"action\":\"block\",\"mandatory\":true},"
            + "{\"guardrail\":\"pii.email\",\"action\":\"redact\"}]",
        "team",
        "[{\"guardrail\":\"pii.card\",\"action\":\"off\"}]"));
    var chain = book.chain(
        List.of(new Naming("team", "team"), new Naming("tenant", "tenant")), Optional.empty());
    assertThat(action(chain, "pii.card", 1)).isEqualTo(Action.BLOCK);
    assertThat(action(chain, "pii.email", 1)).isEqualTo(Action.OFF);
    assertThat(chain.effective().getFirst().clause().level()).isEqualTo("tenant");
    assertThat(chain.effective().getFirst().clause().floor()).isTrue();
  }

  @Test
  void a_closer_name_beats_its_group_within_one_profile() {
    var book = book(
        Map.of(
            "p",
            "[{\"guardrail\":\"pii\",\"action\":\"redact\"},{\"guardrail\":\"pii.email\",\"action\":\"flag\"}]"));
    var chain = book.chain(List.of(new Naming("tenant", "p")), Optional.empty());
    assertThat(action(chain, "pii.email", 1)).isEqualTo(Action.FLAG);
    assertThat(action(chain, "pii.card", 1)).isEqualTo(Action.REDACT);
  }

  @Test
  void a_request_may_ask_for_more_and_never_for_less() {
    var book = book(Map.of("p", "[{\"guardrail\":\"pii\",\"action\":\"redact\"}]"));
    var namings = List.of(new Naming("tenant", "p"));
    assertThat(action(book.chain(namings, Optional.of("off")), "pii.email", 1))
        .isEqualTo(Action.REDACT);
    assertThat(action(book.chain(namings, Optional.of("strict")), "injection", 1))
        .isEqualTo(Action.BLOCK);
    assertThatThrownBy(() -> book.chain(namings, Optional.of("nobody's")))
        .isInstanceOfSatisfying(
            GatewayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_VALUE));
  }

  @Test
  void a_profile_that_is_named_and_not_there_stops_the_request() {
    assertThatThrownBy(
            () -> book(Map.of()).chain(List.of(new Naming("key", "gone")), Optional.empty()))
        .isInstanceOfSatisfying(
            GatewayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED));
  }

  @Test
  void a_combination_is_compiled_once() {
    var book = book(Map.of("p", "[{\"guardrail\":\"pii\",\"action\":\"redact\"}]"));
    assertThat(book.chain(List.of(new Naming("tenant", "p")), Optional.empty()))
        .isSameAs(book.chain(List.of(new Naming("tenant", "p")), Optional.empty()));
    assertThat(book.chain(List.of(), Optional.empty())).isSameAs(GuardrailChain.EMPTY);
  }

  @Test
  void a_child_never_loosens_what_an_ancestor_demands() {
    var random = new Random(20261124);
    for (int tree = 0; tree < 1000; tree++) {
      var rules = new HashMap<String, String>();
      var namings = new ArrayList<Naming>();
      for (var level : LEVELS) {
        if (random.nextInt(4) > 0) {
          rules.put(level, randomRules(random));
          namings.add(new Naming(level, level));
        }
      }
      var more = random.nextInt(3) == 0 ? Optional.of("strict") : Optional.<String>empty();
      var book = book(rules);
      var chain = book.chain(namings, more);
      for (int i = 0; i < namings.size(); i++) {
        var alone = i == 0
            ? book.chain(List.of(namings.getFirst()), Optional.empty())
            : book.chain(List.of(new Naming("x", "off"), namings.get(i)), Optional.empty());
        assertAtLeast(alone, chain, "tree " + tree);
      }
    }
  }

  private static void assertAtLeast(GuardrailChain least, GuardrailChain chain, String tree) {
    for (var id : IDS) {
      for (double score : new double[] {0.2, 0.6, 0.95}) {
        for (var direction : Direction.values()) {
          if (action(chain, id, score, direction).compareTo(action(least, id, score, direction))
              < 0) {
            throw new AssertionError(tree + " loosens " + id + " at " + score + " " + direction);
          }
        }
      }
    }
  }

  private static String randomRules(Random random) {
    var rules = new ArrayList<String>();
    for (var id : IDS) {
      if (random.nextInt(3) > 0) {
        var actions = id.equals("injection")
            ? List.of("off", "shadow", "flag", "block")
            : List.of("off", "shadow", "flag", "redact", "block");
        var action = actions.get(random.nextInt(actions.size()));
        var mandatory = !action.equals("off") && random.nextBoolean();
        var direction = random.nextInt(3) == 0
            ? ",\"directions\":[\"input\"]"
            : ",\"directions\":[\"input\",\"output\"]";
        rules.add("{\"guardrail\":\"" + id + "\",\"action\":\"" + action + "\",\"mandatory\":"
            + mandatory + ",\"threshold\":0." + (1 + random.nextInt(9)) + direction + "}");
      }
    }
    return "[" + String.join(",", rules) + "]";
  }

  private static Action action(GuardrailChain chain, String id, double score) {
    return action(chain, id, score, Direction.INPUT);
  }

  private static Action action(GuardrailChain chain, String id, double score, Direction direction) {
    var steps = direction == Direction.INPUT ? chain.input(Role.USER) : chain.output();
    var most = Action.OFF;
    for (var step : steps) {
      var clause = step.judge(new Finding(id, 0, 1, score), "x");
      if (clause != null && clause.action().compareTo(most) > 0) {
        most = clause.action();
      }
    }
    return most;
  }

  private static ProfileBook book(Map<String, String> rules) {
    var own = rules.entrySet().stream()
        .map(entry ->
            GuardrailProfile.read(entry.getKey(), entry.getKey(), 1, entry.getValue(), DETECTORS))
        .toList();
    return ProfileBook.of(own, BUILT_IN, Optional.empty());
  }
}
