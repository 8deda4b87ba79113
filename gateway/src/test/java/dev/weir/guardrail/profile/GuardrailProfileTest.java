package dev.weir.guardrail.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.Redaction;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.SimpleDetectors;
import dev.weir.guardrail.profile.GuardrailRule.Otherwise;
import dev.weir.protocol.InvalidDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardrailProfileTest {
  private static GuardrailProfile read(String rules) {
    return GuardrailProfile.read("p1", "ours", 3, rules, SimpleDetectors.all());
  }

  @Test
  void a_rule_names_an_id_or_a_group_without_names_and_places() {
    var rules = read("""
        [{"guardrail":"pii","action":"redact"},
         {"guardrail":"pii.person","action":"flag"},
         {"guardrail":"injection","action":"block"}]""").rules();
    assertThat(rules.get(0).ids()).containsExactlyInAnyOrder("pii.email", "pii.card", "pii.phone");
    assertThat(rules.get(1).ids()).containsExactly("pii.person");
    assertThat(rules.get(2).ids()).containsExactly("injection");
  }

  @Test
  void what_is_not_said_has_a_default() {
    var rules = read("""
        [{"guardrail":"pii.email","action":"redact"},
         {"guardrail":"pii.card","action":"flag"},
         {"guardrail":"injection","action":"block"}]""").rules();
    var email = rules.getFirst();
    assertThat(email.scope().directions()).containsExactlyInAnyOrder(Direction.values());
    assertThat(email.scope().roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(email.handling().redaction()).isEqualTo(Redaction.TYPE);
    assertThat(email.handling().onError()).isEqualTo(Otherwise.CLOSED);
    assertThat(rules.get(1).handling().onError()).isEqualTo(Otherwise.OPEN);
    assertThat(rules.get(2).handling().onError()).isEqualTo(Otherwise.OPEN);
    assertThat(rules.get(2).scope().directions()).containsExactly(Direction.INPUT);
    assertThat(rules.get(2).scope().roles())
        .containsExactlyInAnyOrder(Role.USER, Role.TOOL, Role.DOCUMENT);
  }

  @Test
  void all_members_are_read() {
    var rule = read("""
        [{"guardrail":"toxicity","categories":["hate"],"action":"block","directions":["output"],
          "threshold":0.75,"mandatory":true,"on_error":"closed","on_oversize":"open",
          "timeout_ms":20,"block_as":"refusal"}]""").rules().getFirst();
    assertThat(rule.ids()).containsExactly("toxicity.hate");
    assertThat(rule.action()).isEqualTo(Action.BLOCK);
    assertThat(rule.scope().threshold()).hasValue(0.75);
    assertThat(rule.mandatory()).isTrue();
    assertThat(rule.handling().onError()).isEqualTo(Otherwise.CLOSED);
    assertThat(rule.handling().onOversize()).isEqualTo(Otherwise.OPEN);
    assertThat(rule.handling().timeout()).hasValue(java.time.Duration.ofMillis(20));
    assertThat(rule.handling().blockedAs()).isEqualTo(GuardrailRule.BlockedAs.REFUSAL);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {}                                                                       | rules
      [1]                                                                      | rules[0]
      [{"action":"flag"}]                                                      | rules[0].guardrail
      [{"guardrail":"pii.email"}]                                              | rules[0].action
      [{"guardrail":"pii.email","action":"delete"}]                            | rules[0].action
      [{"guardrail":"pii.unknown","action":"flag"}]                            | rules[0].guardrail
      [{"guardrail":"p","action":"flag"}]                                      | rules[0].guardrail
      [{"guardrail":"pii","action":"flag","treshold":1}]                       | rules[0].treshold
      [{"guardrail":"pii","action":"flag","threshold":1.01}]                   | rules[0].threshold
      [{"guardrail":"pii","action":"flag","threshold":"1"}]                    | rules[0].threshold
      [{"guardrail":"pii","action":"flag","threshold":1e400}]                  | rules[0].threshold
      [{"guardrail":"pii","action":"flag","directions":[]}]                    | rules[0].directions
      [{"guardrail":"pii","action":"flag","directions":["in"]}]                | rules[0].directions[0]
      [{"guardrail":"pii","action":"flag","roles":["user","boss"]}]            | rules[0].roles[1]
      [{"guardrail":"pii","action":"flag","directions":["output"],"roles":["user"]}] | rules[0].roles
      [{"guardrail":"pii","action":"flag","categories":["car"]}]               | rules[0].categories
      [{"guardrail":"injection","action":"redact"}]                            | rules[0].action
      [{"guardrail":"toxicity","action":"redact"}]                             | rules[0].action
      [{"guardrail":"pii","action":"flag","redaction":"hash"}]                 | rules[0].redaction
      [{"guardrail":"pii","action":"redact","redaction":"placeholder","directions":["output"]}] | rules[0].redaction
      [{"guardrail":"pii","action":"redact","block_as":"error"}]               | rules[0].block_as
      [{"guardrail":"pii","action":"off","mandatory":true}]                    | rules[0].mandatory
      [{"guardrail":"pii","action":"flag","mandatory":1}]                      | rules[0].mandatory
      [{"guardrail":"pii","action":"flag","timeout_ms":0}]                     | rules[0].timeout_ms
      [{"guardrail":"pii","action":"flag","config":{}}]                        | rules[0].config
      [{"guardrail":"keywords","action":"flag"}]                               | rules[0].config
      [{"guardrail":"keywords","action":"flag","config":{"words":1}}]          | rules[0].config.words
      [{"guardrail":"pii","action":"flag"},{"guardrail":"pii","action":"block"}] | rules[1].guardrail
      [{"guardrail":"pii","action":"flag","action":"off"}]                     | rules
      """)
  void what_cannot_be_enforced_is_refused_with_its_path(String rules, String path) {
    assertThatThrownBy(() -> read(rules))
        .isInstanceOfSatisfying(
            InvalidDocument.class, invalid -> assertThat(invalid.path()).isEqualTo(path));
  }

  @Test
  void the_same_guardrail_may_have_a_rule_for_each_direction() {
    assertThat(read("""
        [{"guardrail":"pii","action":"flag","directions":["output"]},
         {"guardrail":"pii","action":"redact","redaction":"placeholder"}]""").rules()).hasSize(2);
  }

  @Test
  void the_built_in_profiles_can_be_read_with_any_set_of_detectors() {
    assertThat(new BuiltInProfiles(SimpleDetectors.all()).all())
        .containsOnlyKeys("baseline", "strict", "privacy", "off");
    assertThat(new BuiltInProfiles(dev.weir.guardrail.Detectors.builtIn()).all())
        .hasSize(4);
  }
}
