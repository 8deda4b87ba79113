package dev.weir.guardrail.profile;

import dev.weir.guardrail.Detectors;
import java.util.List;

/**
 * A named list of rules. Immutable.
 *
 * @param version counts up with each change; 0 for those that are built in
 */
public record GuardrailProfile(String id, String name, long version, List<GuardrailRule> rules) {
  public GuardrailProfile {
    rules = List.copyOf(rules);
  }

  /**
   * Reads the rules of a profile.
   *
   * @param rulesJson an array, as stored
   * @throws dev.weir.protocol.InvalidDocument naming the field at fault: {@code rules[2].action}
   */
  public static GuardrailProfile read(
      String id, String name, long version, String rulesJson, Detectors detectors) {
    return new GuardrailProfile(id, name, version, RuleReader.read(rulesJson, detectors));
  }
}
