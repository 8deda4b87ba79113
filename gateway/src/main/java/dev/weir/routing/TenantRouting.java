package dev.weir.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tenant's policies and paths, compiled. Immutable. */
public final class TenantRouting {
  /** A tenant without any. */
  public static final TenantRouting NONE =
      new TenantRouting(List.of(), ApiRouteTable.EMPTY, List.of());

  private final Map<String, CompiledPolicy> policies;
  private final Map<String, CompiledPolicy> aliases;
  private final ApiRouteTable routes;
  private final List<Skipped> skipped;

  /**
   * A stored policy or route that cannot be used as things are now, by its id.
   *
   * @param reason for the log: where and why
   */
  public record Skipped(String id, String reason) {}

  /**
   * Compiles policies and routes against what there is now; never fails: what cannot be used is {@link #skipped}.
   *
   * @param policies active ones, in the order in which they were made
   * @param routes active ones, in the order in which they were made
   */
  public static TenantRouting compile(
      List<PlacedPolicy> policies, List<ApiRoute> routes, Catalogue catalogue, Prices prices) {
    return new RoutingCompiler(policies, routes, catalogue).compile(prices);
  }

  /**
   * @param policies in the order in which they were made: where two list one name, the older answers
   */
  TenantRouting(List<CompiledPolicy> policies, ApiRouteTable routes, List<Skipped> skipped) {
    var byId = new LinkedHashMap<String, CompiledPolicy>();
    var byName = new LinkedHashMap<String, CompiledPolicy>();
    for (var compiled : policies) {
      byId.put(compiled.policy().id(), compiled);
      if (compiled.binding() == PlacedPolicy.Binding.FREE) {
        compiled.policy().models().forEach(name -> byName.putIfAbsent(name, compiled));
      }
    }
    this.policies = Map.copyOf(byId);
    this.aliases = Collections.unmodifiableMap(byName);
    this.routes = routes;
    this.skipped = List.copyOf(skipped);
  }

  /** What could not be used, and why. */
  public List<Skipped> skipped() {
    return skipped;
  }

  Optional<CompiledPolicy> policy(String id) {
    return Optional.ofNullable(policies.get(id));
  }

  /** The policy that answers for a name everywhere in the tenant. */
  Optional<CompiledPolicy> alias(String name) {
    return Optional.ofNullable(aliases.get(name));
  }

  /** The names that are answered for everywhere in the tenant. */
  List<String> aliases() {
    return new ArrayList<>(aliases.keySet());
  }

  ApiRouteTable routes() {
    return routes;
  }
}
