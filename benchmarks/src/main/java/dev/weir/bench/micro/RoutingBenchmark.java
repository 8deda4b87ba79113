package dev.weir.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.identity.Level;
import dev.weir.identity.Principal;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.ApiRoute;
import dev.weir.routing.ApiRouteRow;
import dev.weir.routing.Catalogue;
import dev.weir.routing.PlacedPolicy;
import dev.weir.routing.Prices;
import dev.weir.routing.RequestFacts;
import dev.weir.routing.RoutePlan;
import dev.weir.routing.Router;
import dev.weir.routing.RoutingPolicy;
import dev.weir.routing.TargetHealth;
import dev.weir.routing.TenantRouting;
import dev.weir.telemetry.DecisionLog;
import dev.weir.telemetry.RequestTrace;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A plan, decision record included, and the look-up of an API route. Must not depend on how many of them there are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
  private static final String TARGETS =
      "\"targets\":[{\"model\":\"a/m1\"},{\"model\":\"b/m2\"},{\"model\":\"c/m3\"}]}";
  private static final List<String> STRATEGIES = List.of(
      "{\"type\":\"fallback\"," + TARGETS,
      "{\"type\":\"weighted\",\"sticky\":\"user\",\"targets\":[{\"model\":\"a/m1\",\"weight\":7},"
          + "{\"model\":\"b/m2\",\"weight\":3}]}",
      "{\"type\":\"latency\"," + TARGETS,
      "{\"type\":\"cheapest\"," + TARGETS,
      "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"headers\":{\"x-tier\":\"gold\"}},\"target\":"
          + "{\"model\":\"a/m1\"}},{\"when\":{\"tokens\":{\"min\":10000}},\"target\":{\"model\":\"b/m2\"}}],"
          + "\"default\":{\"type\":\"fallback\"," + TARGETS + "}");

  /** Policies, and as many routes. */
  @Param({"1", "100", "10000"})
  public int policies = 1;

  private final RequestTrace trace = new RequestTrace("bench", 0);
  private final Principal caller = new Principal(
      1,
      List.of(level(Level.Kind.KEY), level(Level.Kind.TENANT)),
      Optional.empty(),
      List.of(),
      List.of());
  private Router router = new Router(new Catalogue(List.of()));
  private final DecisionLog decisions = new DecisionLog(DecisionLog.USUAL, Clock.systemUTC());
  private String last = "";
  private RequestFacts[] facts = {};
  private int next;

  private static Level level(Level.Kind kind) {
    return new Level(kind, "id-" + kind, Optional.empty(), Optional.empty());
  }

  @Setup
  public void prepare() {
    trace.keyId = "key";
    var catalogue =
        new Catalogue(List.of(provider("a", "m1"), provider("b", "m2"), provider("c", "m3")));
    var rows = new ArrayList<PlacedPolicy>();
    var routes = new ArrayList<ApiRoute>();
    for (var i = 0; i < Math.max(policies, STRATEGIES.size()); i++) {
      var policy = RoutingPolicy.read(
          "pol-" + i,
          "policy " + i,
          1,
          "{\"models\":[\"alias-" + i + "\"]}",
          STRATEGIES.get(i % STRATEGIES.size()));
      rows.add(new PlacedPolicy(policy, PlacedPolicy.Binding.FREE));
    }
    for (var i = 0; i < policies; i++) {
      last = "/team-" + i + "/7/chat";
      routes.add(ApiRoute.read(new ApiRouteRow(
          "route-" + i,
          "/team-" + i + "/{case}/chat",
          "POST",
          "openai.chat",
          0,
          Optional.empty(),
          Optional.of("a/m1"),
          Optional.empty(),
          "{}")));
    }
    var tenant = TenantRouting.compile(rows, routes, catalogue, Prices.UNKNOWN);
    router = new Router(
        catalogue,
        id -> id.equals("id-TENANT") ? tenant : TenantRouting.NONE,
        TargetHealth.UNKNOWN,
        Clock.systemUTC());
    facts = new RequestFacts[STRATEGIES.size()];
    for (var i = 0; i < facts.length; i++) {
      facts[i] = facts("alias-" + (rows.size() - 1 - i));
    }
  }

  private static RemoteProvider provider(String name, String model) {
    return new RemoteProvider(name, URI.create("http://127.0.0.1:1/v1"), "", List.of(model));
  }

  private static RequestFacts facts(String model) {
    var body = "{\"model\":\"" + model
        + "\",\"user\":\"someone\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me\"}]}";
    return new RequestFacts(
        ChatRequest.read(body.getBytes(UTF_8)), _ -> null, Optional.empty(), List.of());
  }

  /** All five strategies in turn. */
  @Benchmark
  public RoutePlan plan() {
    next = next + 1 < facts.length ? next + 1 : 0;
    return router.plan(caller, facts[next], trace);
  }

  /** A finished request that is kept with its decision. */
  @Benchmark
  public void record() {
    decisions.completed(trace, 200, null);
  }

  @Benchmark
  public Optional<ApiRoute> apiRoute() {
    return router.apiRoute("id-TENANT", "POST", last);
  }
}
