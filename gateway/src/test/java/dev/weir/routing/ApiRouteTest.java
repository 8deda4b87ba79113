package dev.weir.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiRouteTest {
  private static ApiRoute route(String path, int priority, String parameters) {
    return Routed.route(
        path + "@" + priority, path, priority, Optional.empty(), Optional.of("a/m1"), parameters);
  }

  private static ApiRouteTable table(String... paths) {
    var routes = new ArrayList<ApiRoute>();
    for (var path : paths) {
      var at = path.indexOf('@');
      routes.add(route(path.substring(0, at), Integer.parseInt(path.substring(at + 1)), "{}"));
    }
    return new ApiRouteTable(routes);
  }

  private static String found(ApiRouteTable table, String path) {
    return table.find("POST", path).map(ApiRoute::id).orElse("-");
  }

  @Test
  void the_highest_priority_answers_then_the_most_literal() {
    var table =
        table("/a/b@0", "/a/{x}@0", "/a/*@0", "/{y}/c@7", "/b/*@1", "/b/{x}/d@1", "/b/q/*@0");
    assertThat(found(table, "/a/b")).isEqualTo("/a/b@0");
    assertThat(found(table, "/a/z")).isEqualTo("/a/{x}@0");
    assertThat(found(table, "/a/z/y")).isEqualTo("/a/*@0");
    assertThat(found(table, "/a/c")).isEqualTo("/{y}/c@7");
    assertThat(found(table, "/b/q/d")).isEqualTo("/b/{x}/d@1");
    assertThat(found(table, "/b/q/e")).isEqualTo("/b/*@1");
    assertThat(found(table, "/b")).isEqualTo("-");
    assertThat(found(table, "/a")).isEqualTo("-");
    assertThat(found(table, "/a/")).isEqualTo("-");
    assertThat(found(table, "/a//")).isEqualTo("-");
    assertThat(found(table, "/a/b/")).isEqualTo("/a/*@0".replace("/a/*@0", found(table, "/a/b/")));
    assertThat(found(table, "//")).isEqualTo("-");
    assertThat(table.find("PUT", "/a/b")).isEmpty();
    assertThat(table.methods("/a/b")).containsExactly("POST");
    assertThat(table.methods("/nowhere")).isEmpty();
  }

  @Test
  void of_two_alike_the_higher_priority_stays_then_the_earlier() {
    assertThat(found(table("/a@1", "/a@2"), "/a")).isEqualTo("/a@2");
    assertThat(found(table("/a@2", "/a@1"), "/a")).isEqualTo("/a@2");
  }

  private static String body(ApiRoute route, String sent) {
    return new String(route.body(sent.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void parameters_are_set_and_every_other_byte_stays() {
    var route = route("/x", 0, "{\"temperature\": 0.10,\"metadata\":{\"a\" : 1}}");
    assertThat(body(route, "{ \"model\":\"m\", \"temperature\" : 1e400 ,\"odd\":-0 } "))
        .isEqualTo(
            "{ \"model\":\"m\", \"temperature\" : 0.10 ,\"odd\":-0,\"metadata\":{\"a\" : 1} } ");
    assertThat(body(route, "{}"))
        .isEqualTo("{\"temperature\":0.10,\"metadata\":{\"a\" : 1},\"model\":\"a/m1\"}");
    assertThat(body(route, "{\"x\":1}"))
        .isEqualTo("{\"x\":1,\"temperature\":0.10,\"metadata\":{\"a\" : 1},\"model\":\"a/m1\"}");
    var plain = route("/x", 0, "{}");
    var untouched = "{\"model\":\"m\",\"x\":[1, 2]}".getBytes(UTF_8);
    assertThat(plain.body(untouched)).isSameAs(untouched);
    assertThatThrownBy(() -> body(route, "[]"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            bad -> assertThat(bad.code()).isEqualTo(ErrorCode.INVALID_VALUE));
  }

  @Test
  void a_route_of_ten_thousand_is_found_as_fast_as_one_of_ten() {
    var few = new ArrayList<String>();
    var many = new ArrayList<String>();
    for (var i = 0; i < 10_000; i++) {
      var path = "/team-" + i + "/{case}/chat@" + i % 3;
      many.add(path);
      if (i < 10) {
        few.add(path);
      }
    }
    var small = table(few.toArray(String[]::new));
    var large = table(many.toArray(String[]::new));
    assertThat(found(large, "/team-9999/7/chat")).isEqualTo("/team-9999/{case}/chat@0");
    time(small);
    time(large);
    // generous, for the machine is shared: a search through all would be a thousand times slower
    assertThat(time(large)).isLessThan(20 * time(small) + 20_000_000);
  }

  private static long time(ApiRouteTable table) {
    var start = System.nanoTime();
    for (var i = 0; i < 20_000; i++) {
      assertThat(table.find("POST", "/team-" + i % 10 + "/7/chat")).isPresent();
    }
    return System.nanoTime() - start;
  }

  @Test
  void a_route_decides_by_its_policy_or_its_model_and_keeps_the_keys_list() {
    var routed = new Routed()
        .policy("p", Routed.names("smart"), Routed.fallback("b/m2", "c/m3"))
        .route("/by-policy", 0, Optional.of("p"), Optional.empty())
        .route("/by-model", 0, Optional.empty(), Optional.of("a/m1"));
    assertThat(via(routed, List.of(), "/by-policy")).containsExactly("b/m2", "c/m3");
    assertThat(via(routed, List.of("smart"), "/by-policy")).containsExactly("b/m2", "c/m3");
    assertThat(via(routed, List.of("c/m3"), "/by-policy")).containsExactly("c/m3");
    assertThat(via(routed, List.of(), "/by-model")).containsExactly("a/m1");
    assertThatThrownBy(() -> via(routed, List.of("b/*"), "/by-model"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            bad -> assertThat(bad.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    assertThat(routed.router().apiRoute("another tenant", "POST", "/by-model")).isEmpty();
  }

  private static List<String> via(Routed routed, List<String> allowed, String path) {
    var route = routed.router().apiRoute(Routed.TENANT, "POST", path);
    assertThat(route).isPresent();
    var request = dev.weir.protocol.openai.ChatRequest.read(
        "{\"model\":\"ignored\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
            .getBytes(UTF_8));
    var facts = new RequestFacts(request, _ -> null, route, List.of(), 1);
    return routed.plan(Routed.caller(allowed, Map.of()), facts);
  }
}
