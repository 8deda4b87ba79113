package dev.weir.identity;

import java.util.Optional;

/**
 * One step of the line from a key up to its tenant, with what that step says for itself. Immutable.
 *
 * @param id of the key, team, department or tenant
 * @param guardrailProfile the profile this level names, if it names one
 * @param routingPolicy the policy this level names, if it names one
 */
public record Level(
    Kind kind, String id, Optional<String> guardrailProfile, Optional<String> routingPolicy) {
  /** The kinds of level, from the most specific to the least. */
  public enum Kind {
    KEY,
    TEAM,
    DEPARTMENT,
    TENANT
  }
}
