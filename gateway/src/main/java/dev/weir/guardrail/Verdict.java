package dev.weir.guardrail;

/** What a guardrail says of a text. */
public sealed interface Verdict {
  /** Nothing found. */
  Verdict PASS = new Pass();

  record Pass() implements Verdict {}

  /**
   * The request must not go on.
   *
   * @param category what was found ({@code pii.card}), never the text that was found
   */
  record Block(String category) implements Verdict {}
}
