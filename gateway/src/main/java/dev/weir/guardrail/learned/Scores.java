package dev.weir.guardrail.learned;

/**
 * How sure the model is about one text, for each {@link Head}, and where the surest window stands. Immutable.
 *
 * <p>A score is 0 to 1; from {@link #THRESHOLD} on it is what one benign prompt in a hundred reaches.
 */
public final class Scores {
  /** The default threshold of every head. */
  public static final double THRESHOLD = 0.5;

  private final double[] scores;
  private final int[] starts;
  private final int[] ends;

  Scores(double[] scores, int[] starts, int[] ends) {
    this.scores = scores;
    this.starts = starts;
    this.ends = ends;
  }

  public double of(Head head) {
    return scores[head.ordinal()];
  }

  /** Where the window with that score begins, in the text as it was given. */
  public int start(Head head) {
    return starts[head.ordinal()];
  }

  /** Where it ends. */
  public int end(Head head) {
    return ends[head.ordinal()];
  }
}
