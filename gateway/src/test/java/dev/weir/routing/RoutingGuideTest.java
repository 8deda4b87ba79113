package dev.weir.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of docs/routing.md are what the gateway takes. */
class RoutingGuideTest {
  private static List<String> examples() throws IOException {
    var found = new ArrayList<String>();
    var parts = Files.readString(Path.of("../docs/routing.md")).split("```json\n", -1);
    for (var part : List.of(parts).subList(1, parts.length)) {
      found.add(part.substring(0, part.indexOf("```")));
    }
    return found;
  }

  @Test
  void every_example_is_taken() throws IOException {
    var policies = 0;
    var routes = 0;
    for (var example : examples()) {
      var document = JsonObject.read(example.getBytes(UTF_8));
      var strategy = document.find("strategy");
      if (document.find("path") != null) {
        route(document);
        routes++;
      } else {
        var match = document.find("match");
        var policy = RoutingPolicy.read(
            "p",
            "p",
            1,
            match == null ? "{}" : new String(match.bytes(), UTF_8),
            strategy == null ? example : new String(strategy.bytes(), UTF_8));
        new Routed().check().policy(new PlacedPolicy(policy, PlacedPolicy.Binding.FREE));
        policies++;
      }
    }
    assertThat(policies).isEqualTo(5);
    assertThat(routes).isEqualTo(1);
  }

  private static void route(JsonObject document) {
    var parameters = Objects.requireNonNull(document.find("parameters"));
    var path = Objects.requireNonNull(document.find("path"));
    new Routed()
        .policy("rp_1", "{}", Routed.fallback("a/m1"))
        .check()
        .apiRoute(Routed.route(
            "r",
            path.asString(),
            10,
            Optional.of("rp_1"),
            Optional.empty(),
            new String(parameters.bytes(), UTF_8)));
  }
}
