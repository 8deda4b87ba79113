package dev.weir.guardrail.scan;

import dev.weir.guardrail.profile.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What looking at a text gave.
 *
 * @param unchecked the steps that could not be done: no time, or a failure
 */
public record Scanned(List<Hit> hits, List<Step> unchecked) {
  public static final Scanned NOTHING = new Scanned(List.of(), List.of());

  public boolean isEmpty() {
    return hits.isEmpty() && unchecked.isEmpty();
  }

  /** Both together. */
  public Scanned and(Scanned other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    var all = new ArrayList<>(hits);
    all.addAll(other.hits);
    var none = new ArrayList<>(unchecked);
    none.addAll(other.unchecked);
    return new Scanned(all, none);
  }
}
