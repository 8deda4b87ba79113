package dev.weir.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.InvalidDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]| strategy",
        "{}| strategy.type",
        "{\"type\":7}| strategy.type",
        "{\"type\":\"fastest\"}| strategy.type",
        "{\"type\":\"fallback\"}| strategy.targets",
        "{\"type\":\"fallback\",\"targets\":[]}| strategy.targets",
        "{\"type\":\"fallback\",\"targets\":{}}| strategy.targets",
        "{\"type\":\"fallback\",\"targets\":[1]}| strategy.targets[0]",
        "{\"type\":\"fallback\",\"targets\":[{}]}| strategy.targets[0]",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"\"}]}| strategy.targets[0].model",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\",\"routing_policy_id\":\"b\"}]}| strategy.targets[0]",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\",\"weight\":1}]}| strategy.targets[0].weight",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\"}],\"sticky\":\"key\"}| strategy.sticky",
        "{\"type\":\"weighted\",\"targets\":[{\"model\":\"a\"}]}| strategy.targets[0].weight",
        "{\"type\":\"weighted\",\"targets\":[{\"model\":\"a\",\"weight\":-1}]}| strategy.targets[0].weight",
        "{\"type\":\"weighted\",\"targets\":[{\"model\":\"a\",\"weight\":1e400}]}| strategy.targets[0].weight",
        "{\"type\":\"weighted\",\"targets\":[{\"model\":\"a\",\"weight\":0}]}| strategy.targets",
        "{\"type\":\"weighted\",\"targets\":[{\"model\":\"a\",\"weight\":1}],\"sticky\":\"ip\"}| strategy.sticky",
        "{\"type\":\"conditional\",\"cases\":[]}| strategy.cases",
        "{\"type\":\"conditional\",\"cases\":[{\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"colour\":\"red\"},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.colour",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"models\":[\"a\"]}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].target",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"models\":[\"a\"]},\"target\":{\"model\":\"a\"}}]}| strategy.default",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"tokens\":{}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.tokens",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"tokens\":{\"min\":5,\"max\":4}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.tokens.max",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"tokens\":{\"min\":0.5}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.tokens.min",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"time\":{\"from\":\"08:00\"}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.time.zone",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"time\":{\"zone\":\"Mars\"}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.time.zone",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"time\":{\"zone\":\"UTC\",\"from\":\"8\"}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.time.from",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"time\":{\"zone\":\"UTC\",\"days\":[\"monday\"]}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.time.days",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"headers\":{\"Authorization\":\"x\"}},\"target\":{\"model\":\"a\"}}],\"default\":{\"model\":\"a\"}}| strategy.cases[0].when.headers.Authorization",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\"}],\"attempts\":{\"retries\":9}}| strategy.attempts.retries",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\"}],\"attempts\":{\"total_ms\":0}}| strategy.attempts.total_ms",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\"}],\"attempts\":{\"hedge\":{\"percentile\":20,\"at_least_ms\":1}}}| strategy.attempts.hedge.percentile",
        "{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\"}],\"attempts\":{\"fall_over\":[\"rain\"]}}| strategy.attempts.fall_over[0]",
        "{\"type\":\"fallback\",\"targets\":[{\"type\":\"fallback\",\"targets\":[{\"model\":\"a\"}],\"attempts\":{}}]}| strategy.targets[0].attempts",
        "{\"type\":\"fallback\",\"targets\":[{\"type\":\"fallback\",\"targets\":[{\"modle\":\"a\"}]}]}| strategy.targets[0].targets[0]"
      })
  void what_is_wrong_is_refused_with_its_path(String strategy, String path) {
    assertThatThrownBy(() -> RoutingPolicy.read("p", "p", 1, "{}", strategy))
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo(path))
        .message()
        .endsWith(".");
  }

  @Test
  void match_takes_whole_names_once() {
    assertThat(RoutingPolicy.read("p", "p", 1, Routed.names("x", "y"), Routed.fallback("a/m1"))
            .models())
        .containsExactly("x", "y");
    assertThatThrownBy(
            () -> RoutingPolicy.read("p", "p", 1, Routed.names("x*"), Routed.fallback("a/m1")))
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo("match.models[0]"));
    assertThatThrownBy(
            () -> RoutingPolicy.read("p", "p", 1, Routed.names("x", "x"), Routed.fallback("a/m1")))
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo("match.models[1]"));
    assertThatThrownBy(
            () -> RoutingPolicy.read("p", "p", 1, "{\"model\":[]}", Routed.fallback("a/m1")))
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo("match.model"));
  }

  @Test
  void depth_and_size_are_bounded() {
    var deep = Routed.fallback("a/m1");
    for (var i = 1; i < PolicyReader.MOST_NESTED; i++) {
      deep = "{\"type\":\"fallback\",\"targets\":[" + deep + "]}";
    }
    assertThat(RoutingPolicy.read("p", "p", 1, "{}", deep).strategy().branches())
        .hasSize(1);
    var deeper = "{\"type\":\"fallback\",\"targets\":[" + deep + "]}";
    assertThatThrownBy(() -> RoutingPolicy.read("p", "p", 1, "{}", deeper))
        .isInstanceOf(InvalidDocument.class);
    var wide = "{\"model\":\"a/m1\"},".repeat(PolicyReader.MOST_BRANCHES) + "{\"model\":\"a/m1\"}";
    assertThatThrownBy(() -> RoutingPolicy.read(
            "p", "p", 1, "{}", "{\"type\":\"fallback\",\"targets\":[" + wide + "]}"))
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo("strategy.targets"));
    var inner = "{\"type\":\"fallback\",\"targets\":["
        + "{\"model\":\"a/m1\"},".repeat(PolicyReader.MOST_BRANCHES - 1) + "{\"model\":\"a/m1\"}]}";
    assertThatThrownBy(() -> RoutingPolicy.read(
            "p",
            "p",
            1,
            "{}",
            "{\"type\":\"fallback\",\"targets\":[" + (inner + ",").repeat(4) + inner + "]}"))
        .isInstanceOf(InvalidDocument.class);
  }
}
