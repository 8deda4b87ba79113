package dev.weir.guardrail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as detectors read it, and where each of its characters stands in the text as it was given. Immutable.
 *
 * <p>Normalised means: compatibility forms folded (NFKC), invisible characters taken out, digits of all scripts as ASCII,
 * look-alikes among Latin letters as the letters they pretend to be. Plain ASCII is its own normal form and costs one look
 * at each character. A text may hide others ({@link #views()}): their offsets lead back to the original as well.
 */
public final class NormalizedText {
  /** What a text is in relation to the one that was given. */
  public enum View {
    /** The text itself, normalised. */
    PLAIN,
    /** URL, HTML and backslash escapes undone, all else as it was. */
    ESCAPED,
    /** What a run of base64 or hexadecimal digits says; every offset leads to the whole run. */
    ENCODED,
    /** Digits and signs in words as the letters they stand for; as long as the text itself. */
    LEET,
    /** Letters that stood apart put together. */
    SPACED
  }

  /** No offsets: each character stands where it stood. */
  private static final int[] IDENTITY = {};

  private final String original;
  private final String text;
  private final int[] starts;
  private final int[] ends;
  private final View view;
  private volatile @Nullable List<NormalizedText> views;

  NormalizedText(String original, String text, int[] starts, int[] ends, View view) {
    this.original = original;
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    this.view = view;
  }

  public static NormalizedText of(String original) {
    return TextNormalizer.isPlain(original)
        ? new NormalizedText(original, original, IDENTITY, IDENTITY, View.PLAIN)
        : TextNormalizer.normalize(original);
  }

  public String original() {
    return original;
  }

  /** The normalised text. */
  public String text() {
    return text;
  }

  public View view() {
    return view;
  }

  /** Where the character at this offset of {@link #text()} begins in the original. */
  public int originalStart(int offset) {
    if (starts.length == 0) {
      return offset;
    }
    return offset < starts.length ? starts[offset] : original.length();
  }

  /** Where what ends before this offset of {@link #text()} ends in the original. */
  public int originalEnd(int offset) {
    if (ends.length == 0) {
      return offset;
    }
    return offset > 0 ? ends[Math.min(offset, ends.length) - 1] : 0;
  }

  /** The texts that this one hides, found at the first call; none for nearly every text. */
  public List<NormalizedText> views() {
    var found = views;
    if (found == null) {
      found = DecodedViews.of(this);
      views = found;
    }
    return found;
  }
}
