package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All tenants' policies and API routes, compiled. Immutable.
 *
 * @param tenants by id
 * @param skipped what could not be used; never empty silence: it is to be logged
 */
public record RoutingBook(Map<String, TenantRouting> tenants, List<Skipped> skipped) {
  public static final RoutingBook EMPTY = new RoutingBook(Map.of(), List.of());

  public RoutingBook {
    tenants = Map.copyOf(tenants);
    skipped = List.copyOf(skipped);
  }

  /**
   * A stored policy or route that cannot be used as things are now, by its id.
   *
   * @param reason for the log: where and why
   */
  public record Skipped(String tenantId, String id, String reason) {}

  TenantRouting tenant(String id) {
    return tenants.getOrDefault(id, TenantRouting.NONE);
  }

  /**
   * Compiles what is stored; never fails: what cannot be used is skipped.
   *
   * @param policies active ones, in the order in which they were made
   * @param routes active ones, in the order in which they were made
   */
  public static RoutingBook compile(
      List<PolicyRow> policies, List<ApiRouteRow> routes, Catalogue catalogue, Prices prices) {
    var drafts = new LinkedHashMap<String, Draft>();
    for (var row : policies) {
      drafts.computeIfAbsent(row.tenantId(), _ -> new Draft()).policies.add(row);
    }
    for (var row : routes) {
      drafts.computeIfAbsent(row.tenantId(), _ -> new Draft()).routes.add(row);
    }
    var tenants = new HashMap<String, TenantRouting>();
    var skipped = new ArrayList<Skipped>();
    drafts.forEach((tenant, draft) ->
        tenants.put(tenant, draft.compile(catalogue, prices, skipped)));
    return new RoutingBook(tenants, skipped);
  }

  /** One tenant's rows on their way to be compiled. Not thread-safe. */
  private static final class Draft {
    private final List<PolicyRow> policies = new ArrayList<>();
    private final List<ApiRouteRow> routes = new ArrayList<>();

    TenantRouting compile(Catalogue catalogue, Prices prices, List<Skipped> skipped) {
      var readable = new LinkedHashMap<String, RoutingPolicy>();
      for (var row : policies) {
        try {
          readable.put(row.id(), read(row));
        } catch (InvalidDocument wrong) {
          skipped.add(skip(row.tenantId(), row.id(), wrong));
        }
      }
      var compiler = new PolicyCompiler(
          catalogue,
          prices,
          List.copyOf(readable.values()),
          aliases(readable),
          PolicyCompiler.Gaps.LEAVE_OUT);
      var usable = new ArrayList<CompiledPolicy>();
      for (var row : policies) {
        var policy = readable.get(row.id());
        if (policy != null) {
          try {
            usable.add(new CompiledPolicy(policy, compiler.compile(policy), row.binding()));
          } catch (InvalidDocument wrong) {
            skipped.add(skip(row.tenantId(), row.id(), wrong));
          }
        }
      }
      return new TenantRouting(usable, new ApiRouteTable(routes(usable, catalogue, skipped)));
    }

    /** Names in targets: policies that no level names come first, then in the order in which they were made. */
    private Map<String, String> aliases(Map<String, RoutingPolicy> readable) {
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

    private List<ApiRoute> routes(
        List<CompiledPolicy> usable, Catalogue catalogue, List<Skipped> skipped) {
      var found = new ArrayList<ApiRoute>();
      for (var row : routes) {
        try {
          var route = ApiRouteReader.read(row);
          check(route, usable, catalogue);
          found.add(route);
        } catch (InvalidDocument wrong) {
          skipped.add(skip(row.tenantId(), row.id(), wrong));
        }
      }
      return found;
    }

    private static void check(
        ApiRoute route, List<CompiledPolicy> usable, Catalogue catalogue) {
      route.routingPolicyId().ifPresent(id -> {
        if (usable.stream().noneMatch(one -> one.policy().id().equals(id))) {
          throw new InvalidDocument("routing_policy_id", "There is no usable policy " + id + ".");
        }
      });
      route.model().ifPresent(name -> {
        if (catalogue.find(name).isEmpty()
            && usable.stream().noneMatch(one -> one.policy().models().contains(name))) {
          throw new InvalidDocument("model", "There is no model or alias " + name + ".");
        }
      });
    }

    private static RoutingPolicy read(PolicyRow row) {
      return RoutingPolicy.read(
          row.id(), row.name(), row.version(), row.match(), row.strategy());
    }

    private static Skipped skip(String tenantId, String id, InvalidDocument wrong) {
      return new Skipped(tenantId, id, wrong.path() + ": " + wrong.getMessage());
    }
  }
}
