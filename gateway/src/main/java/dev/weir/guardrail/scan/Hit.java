package dev.weir.guardrail.scan;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detector.Reading;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.profile.Clause;

/** A find that a clause minds. Immutable. */
public record Hit(Finding finding, Clause clause, Reading reading) {
  public int start() {
    return finding.start();
  }

  public int end() {
    return finding.end();
  }

  public Action action() {
    return clause.action();
  }

  /** Whether it is a thing in the text and not the text as a whole. */
  public boolean isSpan() {
    return reading == Reading.SPANS || reading == Reading.COMPLETE;
  }

  boolean touches(Hit other) {
    return start() < other.end() && other.start() < end();
  }

  /** The same over another part of the text. */
  public Hit over(int start, int end) {
    return new Hit(new Finding(finding.guardrail(), start, end, finding.score()), clause, reading);
  }
}
