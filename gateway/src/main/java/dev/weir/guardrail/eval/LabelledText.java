package dev.weir.guardrail.eval;

import java.util.Set;

/**
 * One text and what is in it. Immutable.
 *
 * @param labels guardrail ids or group prefixes; none when the text is clean
 */
public record LabelledText(String text, Set<String> labels) {
  public LabelledText {
    labels = Set.copyOf(labels);
  }
}
