package dev.weir.guardrail;

import java.util.Locale;

/** What happens where a guardrail finds something; each one does more than those before it. */
public enum Action {
  /** It is not looked for. */
  OFF,
  /** Counted and recorded; the client sees nothing of it. */
  SHADOW,
  /** Named in a header and in the records; the text goes on as it is. */
  FLAG,
  /** What was found is replaced; the rest goes on. */
  REDACT,
  /** Nothing goes on. */
  BLOCK;

  /** As rules, headers and labels spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
