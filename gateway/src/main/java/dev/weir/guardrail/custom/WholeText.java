package dev.weir.guardrail.custom;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A detector that judges a complete text and has one find, the text itself. Safe for many threads.
 *
 * @param id its guardrail
 * @param judge how sure it is that the text is not as it must be, 0 to 1
 */
record WholeText(String id, Judge judge) implements Detector {
  /** Says how sure it is that a text breaks a rule. */
  @FunctionalInterface
  interface Judge {
    double score(NormalizedText text, Deadline deadline);
  }

  @Override
  public Set<String> guardrails() {
    return Set.of(id);
  }

  @Override
  public Reading reading() {
    return Reading.WHOLE;
  }

  @Override
  public boolean heavy() {
    return true;
  }

  @Override
  public Set<NormalizedText.View> views() {
    return Set.of();
  }

  @Override
  public void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    if (deadline.passed()) {
      throw new DeadlinePassed();
    }
    if (text.view() == NormalizedText.View.PLAIN) {
      found.accept(new Finding(id, 0, text.original().length(), judge.score(text, deadline)));
    }
  }
}
