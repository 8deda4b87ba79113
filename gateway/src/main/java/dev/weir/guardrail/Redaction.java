package dev.weir.guardrail;

/** What stands where something was taken out; each one tells less than those before it. */
public enum Redaction {
  /** The last four characters stay: {@code ************1111}. */
  LAST4,
  /** A keyed hash, the same for the same text within a tenant: {@code [EMAIL:5f0c1b2a9d3e]}. */
  HASH,
  /** A numbered name that is turned back into the text in the answer: {@code [EMAIL_1]}. */
  PLACEHOLDER,
  /** A numbered name: {@code [EMAIL_1]}. */
  TYPE
}
