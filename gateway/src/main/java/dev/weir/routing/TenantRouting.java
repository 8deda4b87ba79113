package dev.weir.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tenant's policies and paths, compiled. Immutable. */
final class TenantRouting {
  /** A tenant without any. */
  static final TenantRouting NONE = new TenantRouting(List.of(), ApiRouteTable.EMPTY);

  private final Map<String, CompiledPolicy> policies;
  private final Map<String, CompiledPolicy> aliases;
  private final ApiRouteTable routes;

  /**
   * @param policies in the order in which they were made: where two list one name, the older answers
   */
  TenantRouting(List<CompiledPolicy> policies, ApiRouteTable routes) {
    var byId = new LinkedHashMap<String, CompiledPolicy>();
    var byName = new LinkedHashMap<String, CompiledPolicy>();
    for (var compiled : policies) {
      byId.put(compiled.policy().id(), compiled);
      if (compiled.binding() == PolicyRow.Binding.FREE) {
        compiled.policy().models().forEach(name -> byName.putIfAbsent(name, compiled));
      }
    }
    this.policies = Map.copyOf(byId);
    this.aliases = Collections.unmodifiableMap(byName);
    this.routes = routes;
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
