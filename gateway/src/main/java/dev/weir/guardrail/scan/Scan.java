package dev.weir.guardrail.scan;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.profile.Step;
import dev.weir.protocol.Deadline;
import dev.weir.telemetry.GuardrailTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at one text by all steps that mind it: it is normalised once, and each detector reads it once. Not thread-safe. */
public final class Scan implements Consumer<Finding> {
  private static final Logger LOG = LoggerFactory.getLogger(Scan.class);

  private final String text;
  private final Deadline deadline;
  private final GuardrailTrace trace;
  private List<Hit> hits = List.of();
  private List<Step> unchecked = List.of();
  private Step step;

  private Scan(String text, Step first, Deadline deadline, GuardrailTrace trace) {
    this.text = text;
    this.step = first;
    this.deadline = deadline;
    this.trace = trace;
  }

  /** Looks at a text, on the calling thread. */
  public static Scanned of(String text, List<Step> steps, Deadline deadline, GuardrailTrace trace) {
    if (steps.isEmpty() || text.isEmpty()) {
      return Scanned.NOTHING;
    }
    return new Scan(text, steps.getFirst(), deadline, trace).run(steps);
  }

  private Scanned run(List<Step> steps) {
    var normalized = NormalizedText.of(text);
    long before = System.nanoTime();
    for (var next : steps) {
      step = next;
      look(normalized);
      long now = System.nanoTime();
      for (var group : next.groups()) {
        trace.spent(group, now - before);
      }
      before = now;
    }
    return hits.isEmpty() && unchecked.isEmpty() ? Scanned.NOTHING : new Scanned(hits, unchecked);
  }

  private void look(NormalizedText normalized) {
    var limit = step.deadline(deadline);
    try {
      if (limit.passed()) {
        throw new Detector.DeadlinePassed();
      }
      step.detector().scan(normalized, step.wanted(), limit, this);
      if (!step.views().isEmpty()) {
        for (var view : normalized.views()) {
          if (step.views().contains(view.view())) {
            step.detector().scan(view, step.wanted(), limit, this);
          }
        }
      }
    } catch (Detector.DeadlinePassed _) {
      failed();
    } catch (RuntimeException defect) {
      // never the text: what a detector stumbles over is what it was to protect
      LOG.error("the guardrail {} failed: {}", step.groups(), defect.getClass().getName());
      failed();
    }
  }

  private void failed() {
    if (unchecked.isEmpty()) {
      unchecked = new ArrayList<>(1);
    }
    unchecked.add(step);
  }

  @Override
  public void accept(Finding finding) {
    var clause = step.judge(finding, text);
    if (clause != null) {
      if (hits.isEmpty()) {
        hits = new ArrayList<>(4);
      }
      hits.add(new Hit(finding, clause, step.detector().reading()));
    }
  }
}
