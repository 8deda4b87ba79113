package dev.weir.http;

import dev.weir.pipeline.Endpoint;
import dev.weir.pipeline.UnknownPath;
import dev.weir.protocol.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a port: what answers which method where. Immutable, safe for many threads.
 *
 * <p>A path without parameters is found by one look-up in a table; those with {@code {name}} are tried in the order given.
 * A last segment {@code {name...}} takes the rest of the path.
 */
public final class Routes {
  private final Map<String, Route> exact;
  private final List<Route> patterns;
  private final Endpoint otherwise;

  private Routes(Map<String, Route> exact, List<Route> patterns, Endpoint otherwise) {
    this.exact = Map.copyOf(exact);
    this.patterns = List.copyOf(patterns);
    this.otherwise = otherwise;
  }

  /** What answers on every path that is not here. */
  Endpoint otherwise() {
    return otherwise;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** What a path leads to, and what its parameters are bound to, still encoded. */
  record Match(Route route, Map<String, String> parameters) {}

  /** All that answers on one path. */
  record Route(String pattern, List<String> segments, Map<String, Endpoint> methods) {
    @Nullable
    Endpoint endpoint(String method) {
      var found = methods.get(method);
      return found == null && method.equals("HEAD") ? methods.get("GET") : found;
    }

    /** How the clients of this path read a failure. */
    Dialect dialect() {
      return methods.values().iterator().next().dialect();
    }

    /** The value of the {@code Allow} header. */
    String allowed() {
      var names = new TreeSet<>(methods.keySet());
      if (names.contains("GET")) {
        names.add("HEAD");
      }
      return String.join(", ", names);
    }
  }

  Optional<Match> find(String path) {
    var route = exact.get(path);
    if (route != null) {
      return Optional.of(new Match(route, Map.of()));
    }
    for (var candidate : patterns) {
      var bound = bind(candidate.segments(), path);
      if (bound != null) {
        return Optional.of(new Match(candidate, bound));
      }
    }
    return Optional.empty();
  }

  private static @Nullable Map<String, String> bind(List<String> segments, String path) {
    var parts = split(path);
    var bound = new HashMap<String, String>();
    for (var i = 0; i < segments.size(); i++) {
      var segment = segments.get(i);
      if (i >= parts.size()) {
        return null;
      }
      if (segment.endsWith("...}")) {
        var rest = String.join("/", parts.subList(i, parts.size()));
        bound.put(segment.substring(1, segment.length() - 4), rest);
        return rest.isEmpty() ? null : bound;
      }
      if (segment.startsWith("{")) {
        if (parts.get(i).isEmpty()) {
          return null;
        }
        bound.put(segment.substring(1, segment.length() - 1), parts.get(i));
      } else if (!segment.equals(parts.get(i))) {
        return null;
      }
    }
    return parts.size() == segments.size() ? bound : null;
  }

  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** Collects routes; one line a path. */
  public static final class Builder {
    private final Map<String, Map<String, Endpoint>> paths = new LinkedHashMap<>();
    private Endpoint otherwise = new UnknownPath();

    private Builder() {}

    public Builder get(String path, Endpoint endpoint) {
      return on("GET", path, endpoint);
    }

    public Builder post(String path, Endpoint endpoint) {
      return on("POST", path, endpoint);
    }

    /**
     * Adds an endpoint.
     *
     * @throws IllegalArgumentException when method and path are taken, or the path does not begin with a slash
     */
    public Builder on(String method, String path, Endpoint endpoint) {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("a path begins with a slash: " + path);
      }
      var before = paths.computeIfAbsent(path, _ -> new HashMap<>()).put(method, endpoint);
      if (before != null) {
        throw new IllegalArgumentException("two endpoints for " + method + " " + path);
      }
      return this;
    }

    /** What answers on every other path; 404 unless said. */
    public Builder otherwise(Endpoint endpoint) {
      otherwise = endpoint;
      return this;
    }

    public Routes build() {
      var exact = new HashMap<String, Route>();
      var patterns = new ArrayList<Route>();
      paths.forEach((path, methods) -> {
        var route = new Route(path, split(path), Map.copyOf(methods));
        if (path.contains("{")) {
          patterns.add(route);
        } else {
          exact.put(path, route);
        }
      });
      return new Routes(exact, patterns, otherwise);
    }
  }
}
