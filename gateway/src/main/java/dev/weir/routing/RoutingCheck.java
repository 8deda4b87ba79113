package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks a policy or a route that is about to be saved against what its tenant has now. Immutable; not hot path.
 *
 * @param policies the tenant's active policies
 * @param routes the tenant's active API routes
 */
public record RoutingCheck(
    Catalogue catalogue, List<PolicyRow> policies, List<ApiRouteRow> routes) {
  public RoutingCheck {
    policies = List.copyOf(policies);
    routes = List.copyOf(routes);
  }

  /**
   * Refuses a policy that cannot be used, or with which another could no longer be used.
   *
   * @throws InvalidDocument with the path of the field at fault: a wrong shape, a name that means nothing, a circle
   */
  public void policy(PolicyRow candidate) {
    var policy = read(candidate);
    var before = usable(policies);
    var after = Stream.concat(
            policies.stream().filter(row -> !row.id().equals(candidate.id())), Stream.of(candidate))
        .toList();
    var readable = readable(after);
    var compiler = compiler(after, readable);
    var _ = compiler.compile(policy);
    stillUsable(compiler, readable, before, "match.models");
  }

  /**
   * Refuses to take a policy away that others or a route need.
   *
   * @throws InvalidDocument naming what needs it
   */
  public void withoutPolicy(String id) {
    var before = usable(policies);
    var after = policies.stream().filter(row -> !row.id().equals(id)).toList();
    var readable = readable(after);
    stillUsable(compiler(after, readable), readable, before, "");
    for (var route : routes) {
      if (route.routingPolicyId().equals(Optional.of(id))) {
        throw new InvalidDocument("", "The API route " + route.path() + " needs this policy.");
      }
    }
  }

  private static void stillUsable(
      PolicyCompiler compiler,
      Map<String, RoutingPolicy> readable,
      Set<String> before,
      String path) {
    for (var other : readable.values()) {
      if (before.contains(other.id())) {
        try {
          var _ = compiler.compile(other);
        } catch (InvalidDocument wrong) {
          throw new InvalidDocument(
              path,
              "The policy " + other.name() + " could no longer be used; in it " + wrong.path()
                  + ": " + wrong.getMessage());
        }
      }
    }
  }

  /**
   * Refuses a route that cannot be used, or that stands where another does.
   *
   * @throws InvalidDocument with the path of the field at fault
   */
  public void apiRoute(ApiRouteRow candidate) {
    var route = ApiRouteReader.read(candidate);
    route.routingPolicyId().ifPresent(id -> {
      if (policies.stream().noneMatch(row -> row.id().equals(id))) {
        throw new InvalidDocument(
            "routing_policy_id", "There is no active policy " + id + " in this tenant.");
      }
    });
    route.model().ifPresent(this::known);
    for (var other : routes) {
      if (!other.id().equals(candidate.id())
          && other.method().equals(candidate.method())
          && other.priority() == candidate.priority()
          && PathPattern.read(other.path()).shape().equals(route.path().shape())) {
        throw new InvalidDocument(
            "path", "The route " + other.id() + " has this path, method and priority.");
      }
    }
  }

  private void known(String model) {
    if (catalogue.find(model).isEmpty()
        && readable(policies).values().stream()
            .noneMatch(policy -> policy.models().contains(model))) {
      throw new InvalidDocument(
          "model", "There is no model, alias or <provider>/<model> named " + model + ".");
    }
  }

  private Set<String> usable(List<PolicyRow> rows) {
    var readable = readable(rows);
    var compiler = compiler(rows, readable);
    var ids = new LinkedHashSet<String>();
    for (var policy : readable.values()) {
      try {
        var _ = compiler.compile(policy);
        ids.add(policy.id());
      } catch (InvalidDocument _) {
        // was not usable before: what is saved now is not to blame
      }
    }
    return ids;
  }

  private PolicyCompiler compiler(List<PolicyRow> rows, Map<String, RoutingPolicy> readable) {
    return new PolicyCompiler(
        catalogue,
        Prices.UNKNOWN,
        new ArrayList<>(readable.values()),
        TenantCompiler.aliases(rows, readable),
        PolicyCompiler.Gaps.REFUSE);
  }

  private static Map<String, RoutingPolicy> readable(List<PolicyRow> rows) {
    var found = new LinkedHashMap<String, RoutingPolicy>();
    for (var row : rows) {
      try {
        found.put(row.id(), read(row));
      } catch (InvalidDocument _) {
        // was saved under other rules: it answers for nothing
      }
    }
    return found;
  }

  private static RoutingPolicy read(PolicyRow row) {
    return RoutingPolicy.read(row.id(), row.name(), row.version(), row.match(), row.strategy());
  }
}
