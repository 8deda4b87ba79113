package dev.weir.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.identity.Level;
import dev.weir.identity.Principal;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import dev.weir.usage.Price;
import dev.weir.usage.PriceHistory;
import dev.weir.usage.Rates;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tenant's routing as tests put it together: providers a to d, rows, a caller, and health that is set by hand. */
final class Routed {
  static final String TENANT = "ten_1";
  static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  final Catalogue catalogue = new Catalogue(List.of(
      provider("a", "m1", "m2"), provider("b", "m2"), provider("c", "m3"), provider("any")));
  final List<PlacedPolicy> policies = new ArrayList<>();
  final List<ApiRoute> routes = new ArrayList<>();
  final FakeHealth health = new FakeHealth();
  final Map<String, PriceHistory> prices = new HashMap<>();

  /** In dollars per million tokens, from the beginning. */
  static PriceHistory price(long input, long output) {
    return new PriceHistory(List.of(price(Instant.EPOCH, input, output)));
  }

  static Price price(Instant from, long input, long output) {
    return new Price(from, Rates.of(input * 1_000_000_000, output * 1_000_000_000), List.of());
  }

  static Provider provider(String name, String... models) {
    return new RemoteProvider(name, URI.create("http://127.0.0.1:1/v1"), "", List.of(models));
  }

  Routed policy(String id, String match, String strategy) {
    policies.add(row(id, match, strategy, PlacedPolicy.Binding.FREE));
    return this;
  }

  Routed bound(String id, String match, String strategy) {
    policies.add(row(id, match, strategy, PlacedPolicy.Binding.BOUND));
    return this;
  }

  static PlacedPolicy row(String id, String match, String strategy, PlacedPolicy.Binding binding) {
    return new PlacedPolicy(RoutingPolicy.read(id, "the " + id, 1, match, strategy), binding);
  }

  static String names(String... names) {
    return "{\"models\":[\"" + String.join("\",\"", names) + "\"]}";
  }

  static String fallback(String... models) {
    return "{\"type\":\"fallback\",\"targets\":" + targets(models) + "}";
  }

  static String targets(String... models) {
    var text = new StringBuilder();
    for (var model : models) {
      text.append(text.isEmpty() ? "" : ",").append("{\"model\":\"" + model + "\"}");
    }
    return "[" + text + "]";
  }

  Routed route(String path, int priority, Optional<String> policy, Optional<String> model) {
    routes.add(route("rt_" + routes.size(), path, priority, policy, model, "{}"));
    return this;
  }

  static ApiRoute route(
      String id,
      String path,
      int priority,
      Optional<String> policy,
      Optional<String> model,
      String parameters) {
    return ApiRoute.read(new ApiRouteRow(
        id, path, "POST", "openai.chat", priority, policy, model, Optional.empty(), parameters));
  }

  TenantRouting compiled() {
    return TenantRouting.compile(
        policies, routes, catalogue, target -> Optional.ofNullable(prices.get(target.id())));
  }

  Router router() {
    return router(NOON);
  }

  Router router(Clock clock) {
    return new Router(catalogue, book(), health, clock);
  }

  private RoutingBook book() {
    var tenant = compiled();
    return id -> id.equals(TENANT) ? tenant : TenantRouting.NONE;
  }

  RoutingCheck check() {
    return new RoutingCheck(catalogue, policies, routes);
  }

  static Principal caller(List<String> allowed, Map<Level.Kind, String> policies) {
    var levels = new ArrayList<Level>();
    for (var kind : Level.Kind.values()) {
      levels.add(new Level(
          kind,
          kind == Level.Kind.TENANT ? TENANT : "id_" + kind,
          Optional.empty(),
          Optional.ofNullable(policies.get(kind))));
    }
    return new Principal(1, levels, Optional.empty(), allowed, List.of());
  }

  static Principal anyone() {
    return caller(List.of(), Map.of());
  }

  static RequestFacts facts(String model) {
    return facts(model, 1);
  }

  static RequestFacts facts(String model, long randomness) {
    return facts(model, "", Map.of(), randomness);
  }

  /**
   * @param members more of the document, each beginning with a comma
   */
  static RequestFacts facts(
      String model, String members, Map<String, String> headers, long randomness) {
    var body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
        + members + "}";
    return new RequestFacts(
        ChatRequest.read(body.getBytes(UTF_8)),
        headers::get,
        Optional.empty(),
        List.of(),
        randomness);
  }

  /** The ids of the plan's targets. */
  List<String> plan(Principal caller, RequestFacts facts) {
    return router().decide(caller, facts).plan().targets().stream()
        .map(Target::id)
        .toList();
  }

  List<String> plan(String model) {
    return plan(anyone(), facts(model));
  }

  /** Health as it was last set, by a target's id. */
  static final class FakeHealth implements TargetHealth {
    final Map<String, Boolean> unavailable = new HashMap<>();
    final Map<String, Long> latency = new HashMap<>();
    final Map<String, Integer> busy = new HashMap<>();

    @Override
    public boolean available(Target target) {
      return !unavailable.getOrDefault(target.id(), false);
    }

    @Override
    public long latencyNanos(Target target) {
      return latency.getOrDefault(target.id(), 0L);
    }

    @Override
    public int inFlight(Target target) {
      return busy.getOrDefault(target.id(), 0);
    }
  }
}
