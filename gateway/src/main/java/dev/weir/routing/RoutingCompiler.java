package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import dev.weir.routing.TenantRouting.Skipped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles one tenant's policies and routes; what cannot be used is skipped. Not thread-safe. */
final class RoutingCompiler {
  private final List<PlacedPolicy> policies;
  private final List<ApiRoute> routes;
  private final Catalogue catalogue;
  private final List<Skipped> skipped = new ArrayList<>();

  RoutingCompiler(List<PlacedPolicy> policies, List<ApiRoute> routes, Catalogue catalogue) {
    this.policies = policies;
    this.routes = routes;
    this.catalogue = catalogue;
  }

  TenantRouting compile(Prices prices) {
    var compiler = new PolicyCompiler(catalogue, prices, policies, PolicyCompiler.Gaps.LEAVE_OUT);
    var usable = new ArrayList<CompiledPolicy>();
    for (var placed : policies) {
      try {
        var choice = compiler.compile(placed.policy());
        usable.add(new CompiledPolicy(placed.policy(), choice, placed.binding()));
      } catch (InvalidDocument wrong) {
        skip(placed.id(), wrong);
      }
    }
    return new TenantRouting(usable, new ApiRouteTable(routes(usable)), skipped);
  }

  /** Names in targets: policies that no level names come first, then in the order in which they were made. */
  static Map<String, String> aliases(List<PlacedPolicy> policies) {
    var names = new HashMap<String, String>();
    for (var binding : List.of(PlacedPolicy.Binding.FREE, PlacedPolicy.Binding.BOUND)) {
      for (var placed : policies) {
        if (placed.binding() == binding) {
          placed.policy().models().forEach(name -> names.putIfAbsent(name, placed.id()));
        }
      }
    }
    return names;
  }

  private List<ApiRoute> routes(List<CompiledPolicy> usable) {
    var ids = new HashSet<String>();
    var names = new HashSet<String>();
    for (var one : usable) {
      ids.add(one.policy().id());
      names.addAll(one.policy().models());
    }
    var found = new ArrayList<ApiRoute>();
    for (var route : routes) {
      try {
        check(route, ids, names);
        found.add(route);
      } catch (InvalidDocument wrong) {
        skip(route.id(), wrong);
      }
    }
    return found;
  }

  private void check(ApiRoute route, Set<String> ids, Set<String> names) {
    route.routingPolicyId().ifPresent(id -> {
      if (!ids.contains(id)) {
        throw new InvalidDocument("routing_policy_id", "There is no usable policy " + id + ".");
      }
    });
    route.model().ifPresent(name -> {
      if (!names.contains(name) && catalogue.find(name).isEmpty()) {
        throw new InvalidDocument("model", "There is no model or alias " + name + ".");
      }
    });
  }

  private void skip(String id, InvalidDocument wrong) {
    skipped.add(new Skipped(id, wrong.path() + ": " + wrong.getMessage()));
  }
}
