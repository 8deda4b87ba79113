package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import dev.weir.routing.TenantRouting.Skipped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles one tenant's stored policies and routes; what cannot be used is skipped. Not thread-safe. */
final class TenantCompiler {
  private final List<PolicyRow> policies;
  private final List<ApiRouteRow> routes;
  private final Catalogue catalogue;
  private final List<Skipped> skipped = new ArrayList<>();

  TenantCompiler(List<PolicyRow> policies, List<ApiRouteRow> routes, Catalogue catalogue) {
    this.policies = policies;
    this.routes = routes;
    this.catalogue = catalogue;
  }

  TenantRouting compile(Prices prices) {
    var readable = new LinkedHashMap<String, RoutingPolicy>();
    for (var row : policies) {
      try {
        readable.put(row.id(), read(row));
      } catch (InvalidDocument wrong) {
        skipped.add(skip(row.id(), wrong));
      }
    }
    var compiler = new PolicyCompiler(
        catalogue,
        prices,
        List.copyOf(readable.values()),
        aliases(policies, readable),
        PolicyCompiler.Gaps.LEAVE_OUT);
    var usable = new ArrayList<CompiledPolicy>();
    for (var row : policies) {
      var policy = readable.get(row.id());
      if (policy != null) {
        try {
          usable.add(new CompiledPolicy(policy, compiler.compile(policy), row.binding()));
        } catch (InvalidDocument wrong) {
          skipped.add(skip(row.id(), wrong));
        }
      }
    }
    return new TenantRouting(usable, new ApiRouteTable(routes(usable)), skipped);
  }

  /** Names in targets: policies that no level names come first, then in the order in which they were made. */
  static Map<String, String> aliases(
      List<PolicyRow> policies, Map<String, RoutingPolicy> readable) {
    var names = new HashMap<String, String>();
    for (var binding : List.of(PolicyRow.Binding.FREE, PolicyRow.Binding.BOUND)) {
      for (var row : policies) {
        var policy = readable.get(row.id());
        if (policy != null && row.binding() == binding) {
          policy.models().forEach(name -> names.putIfAbsent(name, policy.id()));
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
    for (var row : routes) {
      try {
        var route = ApiRouteReader.read(row);
        check(route, ids, names);
        found.add(route);
      } catch (InvalidDocument wrong) {
        skipped.add(skip(row.id(), wrong));
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

  private static RoutingPolicy read(PolicyRow row) {
    return RoutingPolicy.read(row.id(), row.name(), row.version(), row.match(), row.strategy());
  }

  private static Skipped skip(String id, InvalidDocument wrong) {
    return new Skipped(id, wrong.path() + ": " + wrong.getMessage());
  }
}
