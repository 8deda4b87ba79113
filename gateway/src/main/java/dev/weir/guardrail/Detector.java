package dev.weir.guardrail;

import dev.weir.protocol.Deadline;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds one family of things in a text. Safe for many threads; pure: the same text gives the same findings.
 *
 * <p>Reads {@link NormalizedText#text()} and reports offsets of the original. The decoded views of a text come as calls of
 * their own.
 */
public interface Detector {
  /** How a detector reads a text that is still being written. */
  enum Reading {
    /** Finds spans of bounded length: read again as the text grows, see {@link #stableUntil}. */
    SPANS,
    /** Judges by the whole: read in windows, at the ends of sentences. */
    WINDOW,
    /** Can only judge a text that is complete. */
    WHOLE,
    /** Finds spans, but only in a text that is complete. */
    COMPLETE
  }

  /** The dotted ids it can report: {@code pii.email}. Detectors share none. */
  Set<String> guardrails();

  /**
   * Looks for what is wanted, and reports each find in terms of the original text, whatever its score. One that judges by
   * the whole reports each wanted id once, for the whole text.
   *
   * @param wanted ids of {@link #guardrails()} that a rule asks for; never empty
   * @throws DeadlinePassed when there was no time to finish
   */
  void scan(NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found);

  /** The views it wants to read besides the text itself. */
  default Set<NormalizedText.View> views() {
    return EnumSet.of(NormalizedText.View.ESCAPED, NormalizedText.View.ENCODED);
  }

  default Reading reading() {
    return Reading.SPANS;
  }

  /** The score from which on a find counts when the rule names none, 0 to 1. */
  default double threshold(String guardrail) {
    return 0.5;
  }

  /**
   * The offset of the original before which nothing changes however the text goes on: what a longer text would show to
   * begin before it is found in this one already, and ends before it.
   */
  default int stableUntil(NormalizedText text, Set<String> wanted) {
    return HoldBack.stableUntil(text.original());
  }

  /** Whether what it costs is for a rule's author to decide: it keeps away from event loops, which are everybody's. */
  default boolean heavy() {
    return false;
  }

  /** There was no time to look at the whole text. */
  final class DeadlinePassed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadlinePassed() {
      super("the deadline passed before the text was read", null, false, false);
    }
  }
}
