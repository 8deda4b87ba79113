package dev.weir.guardrail;

import dev.weir.protocol.Deadline;
import java.util.Set;
import java.util.function.Consumer;

/** Finds one family of things in a text. Safe for many threads; pure: the same text gives the same findings. */
public interface Detector {
  /** The dotted ids it can report: {@code pii.email}. Detectors share none. */
  Set<String> guardrails();

  /**
   * Looks for what is wanted, and reports each find in terms of the original text.
   *
   * @param wanted ids of {@link #guardrails()} that a rule asks for; never empty
   * @throws DeadlinePassed when there was no time to finish
   */
  void scan(NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found);

  /** There was no time to look at the whole text. */
  final class DeadlinePassed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadlinePassed() {
      super("the deadline passed before the text was read", null, false, false);
    }
  }
}
