package dev.weir.guardrail.profile;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One detector's part of a chain: what it is asked for, and what follows from each find. Immutable.
 *
 * @param clauses those that hold for each wanted id; none of them off
 * @param timeout the least that a rule allows; empty when none says
 * @param views the views that the detector wants to read
 */
public record Step(
    Detector detector,
    Map<String, List<Clause>> clauses,
    Optional<Duration> timeout,
    Set<NormalizedText.View> views) {
  public Step {
    clauses = Map.copyOf(clauses);
  }

  public Set<String> wanted() {
    return clauses.keySet();
  }

  /** The clause that does most about a find; null when none minds. */
  public @Nullable Clause judge(Finding finding, String text) {
    Clause most = null;
    for (var clause : clauses.getOrDefault(finding.guardrail(), List.of())) {
      if ((most == null || clause.action().compareTo(most.action()) > 0)
          && clause.counts(finding, text)) {
        most = clause;
      }
    }
    return most;
  }
}
