package dev.weir.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's routes as a tree of segments: the time of a look-up grows with the path and not with the number of routes.
 * Immutable once it is made; hot path.
 */
final class ApiRouteTable {
  static final ApiRouteTable EMPTY = new ApiRouteTable(List.of());

  private final Map<String, Node> methods = new TreeMap<>();

  /** A place in the tree. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>(2);
    private @Nullable Node parameter;
    private @Nullable ApiRoute here;
    private @Nullable ApiRoute rest;
  }

  /**
   * @param routes where two of one shape and method are there, the one with the higher priority stays, then the earlier
   */
  ApiRouteTable(List<ApiRoute> routes) {
    for (var route : routes) {
      add(methods.computeIfAbsent(route.method(), _ -> new Node()), route);
    }
  }

  private static void add(Node root, ApiRoute route) {
    var node = root;
    for (var segment : route.path().segments()) {
      switch (segment) {
        case PathPattern.Segment.Literal(var text) ->
          node = node.literals.computeIfAbsent(text, _ -> new Node());
        case PathPattern.Segment.Parameter _ -> {
          var next = node.parameter == null ? new Node() : node.parameter;
          node.parameter = next;
          node = next;
        }
        case PathPattern.Segment.Rest _ -> {
          node.rest = better(node.rest, route);
          return;
        }
      }
    }
    node.here = better(node.here, route);
  }

  /** The route for a path: the highest priority of those that fit, then the most literal. */
  Optional<ApiRoute> find(String method, String path) {
    var root = methods.get(method);
    return root == null || path.length() < 2 || path.charAt(0) != '/'
        ? Optional.empty()
        : Optional.ofNullable(best(root, path, 1, null));
  }

  /** The methods under which there is a route for a path. */
  Set<String> methods(String path) {
    var found = new TreeSet<String>();
    for (var method : methods.keySet()) {
      if (find(method, path).isPresent()) {
        found.add(method);
      }
    }
    return found;
  }

  // literal steps are taken first, and a later find must be better to be kept
  private static @Nullable ApiRoute best(Node node, String path, int at, @Nullable ApiRoute sofar) {
    var slash = path.indexOf('/', at);
    var end = slash < 0 ? path.length() : slash;
    if (end == at) {
      return sofar;
    }
    var found = sofar;
    var literal = node.literals.get(path.substring(at, end));
    if (literal != null) {
      found = step(literal, path, slash, found);
    }
    if (node.parameter != null) {
      found = step(node.parameter, path, slash, found);
    }
    return better(found, node.rest);
  }

  private static @Nullable ApiRoute step(
      Node node, String path, int slash, @Nullable ApiRoute sofar) {
    return slash < 0 ? better(sofar, node.here) : best(node, path, slash + 1, sofar);
  }

  private static @Nullable ApiRoute better(@Nullable ApiRoute one, @Nullable ApiRoute other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.priority() > one.priority() ? other : one;
  }
}
