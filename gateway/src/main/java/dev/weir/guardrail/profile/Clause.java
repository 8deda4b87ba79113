package dev.weir.guardrail.profile;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Finding;
import java.util.Locale;

/**
 * One rule as it holds for a caller, with the profile and level it came from. Immutable.
 *
 * @param level where the profile was named
 * @param floor whether it was added because an ancestor made it mandatory, or the request asked for more
 * @param threshold the least score that counts for the id it stands beside
 */
public record Clause(
    GuardrailRule rule, GuardrailProfile profile, String level, boolean floor, double threshold) {
  public Action action() {
    return rule.action();
  }

  /** Whether a find counts: sure enough, and not among the texts that the rule allows. */
  boolean counts(Finding finding, String text) {
    if (finding.score() < threshold) {
      return false;
    }
    var allow = rule.scope().allow();
    return allow.isEmpty()
        || !allow.contains(
            text.substring(finding.start(), finding.end()).strip().toLowerCase(Locale.ROOT));
  }
}
