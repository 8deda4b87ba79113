package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The rule that turns a model name into a plan. Immutable.
 *
 * @param version raised by each change
 * @param models the names it answers for; empty: every bare name, on the levels that name the policy
 * @param attempts how its targets are tried
 */
public record RoutingPolicy(
    String id,
    String name,
    long version,
    Set<String> models,
    Strategy strategy,
    AttemptRules attempts) {
  public RoutingPolicy {
    models = Collections.unmodifiableSet(new LinkedHashSet<>(models));
  }

  /**
   * Reads a policy strictly.
   *
   * @param match {@code {"models":["smart"]}}, or an empty object
   * @param strategy {@code {"type":"fallback","targets":[{"model":"a/m1"}]}}; see docs/routing.md
   * @throws InvalidDocument with the path of the field at fault and what was expected
   */
  public static RoutingPolicy read(
      String id, String name, long version, String match, String strategy) {
    return new PolicyReader().read(id, name, version, PolicyReader.match(match), strategy);
  }
}
