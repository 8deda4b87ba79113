package dev.weir.guardrail;

/**
 * A text as detectors read it, and where each of its characters stands in the text as it was given. Immutable.
 */
public final class NormalizedText {
  private final String original;

  private NormalizedText(String original) {
    this.original = original;
  }

  public static NormalizedText of(String original) {
    return new NormalizedText(original);
  }

  public String original() {
    return original;
  }

  /** The normalised text. */
  public String text() {
    return original;
  }

  /** Where the character at this offset of {@link #text()} begins in the original. */
  public int originalStart(int offset) {
    return offset;
  }

  /** Where what ends before this offset of {@link #text()} ends in the original. */
  public int originalEnd(int offset) {
    return offset;
  }
}
