package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks a policy or a route that is about to be saved against what its tenant has now. Immutable; not hot path.
 *
 * @param policies the tenant's active policies
 * @param routes the tenant's active API routes
 */
public record RoutingCheck(
    Catalogue catalogue, List<PlacedPolicy> policies, List<ApiRoute> routes) {
  public RoutingCheck {
    policies = List.copyOf(policies);
    routes = List.copyOf(routes);
  }

  /**
   * Refuses a policy that cannot be used, or with which another could no longer be used.
   *
   * @throws InvalidDocument with the path of the field at fault: a name that means nothing, a circle
   */
  public void policy(PlacedPolicy candidate) {
    var after = Stream.concat(without(candidate.id()), Stream.of(candidate)).toList();
    var compiler = compiler(after);
    var _ = compiler.compile(candidate.policy());
    stillUsable(compiler, after, "match.models");
  }

  /**
   * Refuses to take a policy away that others or a route need.
   *
   * @throws InvalidDocument naming what needs it
   */
  public void withoutPolicy(String id) {
    var after = without(id).toList();
    stillUsable(compiler(after), after, "");
    for (var route : routes) {
      if (route.routingPolicyId().equals(Optional.of(id))) {
        throw new InvalidDocument(
            "", "The API route " + route.path().text() + " needs this policy.");
      }
    }
  }

  /** Tells of each policy and route that could not be used, by its id, and why. */
  public void all(BiConsumer<String, InvalidDocument> faults) {
    var compiler = compiler(policies);
    for (var placed : policies) {
      telling(placed.id(), faults, () -> compiler.compile(placed.policy()));
    }
    for (var route : routes) {
      telling(route.id(), faults, () -> {
        apiRoute(route);
        return route;
      });
    }
  }

  private static void telling(
      String id, BiConsumer<String, InvalidDocument> faults, Supplier<?> check) {
    try {
      var _ = check.get();
    } catch (InvalidDocument wrong) {
      faults.accept(id, wrong);
    }
  }

  private Stream<PlacedPolicy> without(String id) {
    return policies.stream().filter(placed -> !placed.id().equals(id));
  }

  private void stillUsable(PolicyCompiler compiler, List<PlacedPolicy> after, String path) {
    var before = usable();
    for (var other : after) {
      if (before.contains(other.id())) {
        try {
          var _ = compiler.compile(other.policy());
        } catch (InvalidDocument wrong) {
          throw new InvalidDocument(
              path,
              "The policy " + other.policy().name() + " could no longer be used; in it "
                  + wrong.path() + ": " + wrong.getMessage());
        }
      }
    }
  }

  /** What was not usable before is not the fault of what is saved now. */
  private Set<String> usable() {
    var compiler = compiler(policies);
    var ids = new HashSet<String>();
    for (var placed : policies) {
      try {
        var _ = compiler.compile(placed.policy());
        ids.add(placed.id());
      } catch (InvalidDocument _) {
        // left out
      }
    }
    return ids;
  }

  private PolicyCompiler compiler(List<PlacedPolicy> all) {
    return new PolicyCompiler(catalogue, Prices.UNKNOWN, all, PolicyCompiler.Gaps.REFUSE);
  }

  /**
   * Refuses a route that leads nowhere, or that stands where another does.
   *
   * @throws InvalidDocument with the path of the field at fault
   */
  public void apiRoute(ApiRoute candidate) {
    candidate.routingPolicyId().ifPresent(id -> {
      if (policies.stream().noneMatch(placed -> placed.id().equals(id))) {
        throw new InvalidDocument(
            "routing_policy_id", "There is no active policy " + id + " in this tenant.");
      }
    });
    candidate.model().ifPresent(this::known);
    for (var other : routes) {
      if (!other.id().equals(candidate.id())
          && other.method().equals(candidate.method())
          && other.priority() == candidate.priority()
          && other.path().shape().equals(candidate.path().shape())) {
        throw new InvalidDocument(
            "path", "The route " + other.id() + " has this path, method and priority.");
      }
    }
  }

  private void known(String model) {
    if (catalogue.find(model).isEmpty()
        && policies.stream().noneMatch(placed -> placed.policy().models().contains(model))) {
      throw new InvalidDocument(
          "model", "There is no model, alias or <provider>/<model> named " + model + ".");
    }
  }
}
