package dev.weir.train.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.learned.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrammarTest {
  @Test
  void rules_choices_and_escaped_signs_are_told_apart() {
    var grammar = Grammar.read(List.of(
        "# for readers", "start:", "{a|b} {word}\\n\\{x\\|y\\} {empty|}.", "word:", "tree"));
    for (int seed = 0; seed < 20; seed++) {
      assertThat(grammar.say("start", new Dice(seed)))
          .matches("[ab] tree\n\\{x\\|y\\}( empty)?\\.");
    }
  }

  @Test
  void the_same_seed_says_the_same() {
    var grammar = Grammar.read(List.of("start:", "{a|b|c} {d|e|f} {g|h|i}"));
    assertThat(grammar.say("start", new Dice(3))).isEqualTo(grammar.say("start", new Dice(3)));
  }

  @Test
  void mistakes_are_named() {
    assertThatThrownBy(() -> Grammar.read(List.of("a sentence without a rule")))
        .hasMessageContaining("no rule is open");
    var unknown = Grammar.read(List.of("start:", "{other}"));
    assertThatThrownBy(() -> unknown.say("start", new Dice(1)))
        .hasMessageContaining("no such rule: other");
    var endless = Grammar.read(List.of("start:", "again {start}"));
    assertThatThrownBy(() -> endless.say("start", new Dice(1)))
        .hasMessageContaining("rules that never end");
  }

  @Test
  void every_document_that_carries_an_attack_occurs_clean_as_well() {
    var examples = Generated.examples(6).stream()
        .filter(example -> example.source().equals("gen-documents"))
        .toList();
    assertThat(examples).anySatisfy(example -> {
      assertThat(example.whole()).isFalse();
      assertThat(example.labels().is(Head.INJECTION)).isTrue();
    });
    assertThat(examples.stream().filter(example -> !example.labels().is(Head.INJECTION)))
        .hasSizeGreaterThan(examples.size() / 3);
    assertThat(examples).noneMatch(example -> example.text().contains("\uE000"));
  }
}
