package dev.weir.guardrail.stream;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detector.Reading;
import dev.weir.guardrail.profile.Clause;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.GuardrailRule.Otherwise;
import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.GuardrailTrace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What all texts of one stream are looked at with. Not thread-safe: one stream, whose events come one after the other. */
public final class StreamChecks {
  private final List<Step> spans;
  private final List<Step> windows;
  private final List<Step> wholes;
  private final List<Step> remotes;
  private final Replacements replacements;
  private final GuardrailTrace trace;
  private final Records records;
  private final Duration budget;
  private final Set<String> told = new HashSet<>();

  /** Where decisions are written down. */
  public interface Records {
    void hit(Hit hit, String pointer);

    /** What the client is told when steps that must be done could not be. */
    Optional<GatewayException> unchecked(List<Step> steps);

    /** What the client is told when a text was too large for these clauses, and one of them is closed. */
    Optional<GatewayException> uninspected(List<Clause> clauses, String why);

    GatewayException blocked(Hit hit);
  }

  /**
   * @param chain whose rules for answers hold; where it asks services, events must come by {@link ThreadedEvents}
   * @param budget the most time that one look may take
   */
  public StreamChecks(
      GuardrailChain chain,
      Replacements replacements,
      GuardrailTrace trace,
      Records records,
      Duration budget) {
    this.spans = reading(chain.output(), Reading.SPANS);
    this.windows = reading(chain.output(), Reading.WINDOW);
    this.wholes = reading(chain.output(), Reading.WHOLE);
    this.remotes = chain.remoteOutput();
    this.replacements = replacements;
    this.trace = trace;
    this.records = records;
    this.budget = budget;
  }

  private static List<Step> reading(List<Step> steps, Reading reading) {
    return steps.stream().filter(step -> step.detector().reading() == reading).toList();
  }

  List<Step> spans() {
    return spans;
  }

  List<Step> windows() {
    return windows;
  }

  List<Step> wholes() {
    return wholes;
  }

  /** Services that are asked about every text once it is complete. */
  List<Step> remotes() {
    return remotes;
  }

  Replacements replacements() {
    return replacements;
  }

  GuardrailTrace trace() {
    return trace;
  }

  Records records() {
    return records;
  }

  Deadline deadline() {
    return Deadline.in(budget);
  }

  /** Records a find; of those that judge windows, which overlap, one stands for all. */
  void record(Hit hit, String pointer) {
    if (hit.isSpan() || told.add(pointer + hit.finding().guardrail() + hit.action())) {
      records.hit(hit, pointer);
    }
  }

  /** Whether finds may be taken out of a stream or stop it. */
  boolean rewrites() {
    return acts(spans) || acts(wholes) || acts(remotes);
  }

  /** Whether any of these steps must be done, or the text may not go on. */
  static boolean acts(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> step.clauses().values().stream())
        .flatMap(List::stream)
        .anyMatch(clause -> clause.action().compareTo(Action.REDACT) >= 0
            || clause.rule().handling().onError() == Otherwise.CLOSED);
  }
}
