package dev.weir.guardrail.pii;

import java.util.List;
import java.util.function.Predicate;

/**
 * One row of the table: an identifier, how it is written, what proves it and what announces it. Immutable.
 *
 * @param id the guardrail's dotted id; several rows may share one
 * @param layouts ways of writing it; empty where a scanner of its own finds it
 * @param check whether bare characters in upper case are one; called only when they fit a layout
 * @param context words in many languages that stand near it, in lower case
 * @param source where its format is described, and when that was read, or that it was not
 */
record Identifier(
    String id,
    List<Layout> layouts,
    Predicate<String> check,
    Trust trust,
    List<String> context,
    String source) {
  Identifier {
    layouts = List.copyOf(layouts);
    context = List.copyOf(context);
  }

  /** A row of the table: layouts as {@link Layout#read} takes them, context words separated by bars. */
  static Identifier row(
      String name,
      String masks,
      Predicate<String> check,
      Trust trust,
      String context,
      String source) {
    return new Identifier(
        "pii." + name,
        masks.isEmpty() ? List.of() : Layout.read(masks),
        check,
        trust,
        context.isEmpty() ? List.of() : List.of(context.split("\\|", -1)),
        source);
  }

  /** A row that a scanner of its own fills. */
  static Identifier scanned(String name, Trust trust, String context, String source) {
    return row(name, "", compact -> true, trust, context, source);
  }
}
