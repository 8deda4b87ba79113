package dev.weir.guardrail.profile;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One detector's part of a chain: what it is asked for, and what follows from each find. Immutable.
 *
 * @param groups what its time is counted under: the first parts of its ids
 * @param clauses those that hold for each wanted id; none of them off
 * @param timeout the least that a rule allows; empty when none says
 * @param views the views that the detector wants to read
 */
public record Step(
    Detector detector,
    List<String> groups,
    Map<String, List<Clause>> clauses,
    Optional<Duration> timeout,
    Set<NormalizedText.View> views) {
  public Step {
    groups = List.copyOf(groups);
    clauses = Map.copyOf(clauses);
  }

  /** The sooner of a request's deadline and this step's own. */
  public Deadline deadline(Deadline request) {
    return timeout.map(Deadline::in).filter(own -> own.left() < request.left()).orElse(request);
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
