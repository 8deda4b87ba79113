package dev.weir.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts policies behind those they lead to, so that a long line of aliases is compiled from its end and not fallen down. Not
 * thread-safe.
 */
final class PolicyOrder {
  private final Map<String, RoutingPolicy> policies;
  private final Map<String, String> aliases;
  private final Set<String> seen = new HashSet<>();
  private final List<RoutingPolicy> ordered = new ArrayList<>();

  private record Place(RoutingPolicy policy, Iterator<String> next) {}

  private PolicyOrder(Map<String, RoutingPolicy> policies, Map<String, String> aliases) {
    this.policies = policies;
    this.aliases = aliases;
  }

  /** All of them; those in a circle in any order. */
  static List<RoutingPolicy> of(Map<String, RoutingPolicy> policies, Map<String, String> aliases) {
    var order = new PolicyOrder(policies, aliases);
    policies.values().forEach(order::walk);
    return order.ordered;
  }

  private void walk(RoutingPolicy from) {
    Deque<Place> line = new ArrayDeque<>();
    enter(from, line);
    while (!line.isEmpty()) {
      var place = line.getLast();
      if (place.next().hasNext()) {
        enter(policies.get(place.next().next()), line);
      } else {
        ordered.add(line.removeLast().policy());
      }
    }
  }

  private void enter(@Nullable RoutingPolicy policy, Deque<Place> line) {
    if (policy != null && seen.add(policy.id())) {
      var ids = new ArrayList<String>();
      collect(policy.strategy(), ids);
      line.addLast(new Place(policy, ids.iterator()));
    }
  }

  private void collect(Strategy strategy, List<String> ids) {
    for (var branch : strategy.branches()) {
      switch (branch) {
        case Branch.Model(var name) -> {
          var alias = aliases.get(name);
          if (alias != null) {
            ids.add(alias);
          }
        }
        case Branch.Policy(var id) -> ids.add(id);
        case Branch.Nested(var inner) -> collect(inner, ids);
      }
    }
  }
}
