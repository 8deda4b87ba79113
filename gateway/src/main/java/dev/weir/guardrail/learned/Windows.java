package dev.weir.guardrail.learned;

/**
 * Sums of weights over the pieces of one text: over the last two, the last eight, and all. Remembers for each head the
 * best window so far. Reusable; one thread at a time.
 */
final class Windows {
  /** Pieces of a short window. */
  static final int SHORT = 2;

  /** Pieces of a middle one; a power of two. */
  static final int MIDDLE = 8;

  // eight heads, and the number of features
  private static final int ROW = Head.COUNT + 1;
  private static final long LANES = 0x00FF00FF00FF00FFL;
  // as many bytes as a lane of sixteen bits can add up
  private static final int FLUSH = 256;

  private final long[] last = new long[MIDDLE * ROW];
  private final int[] starts = new int[MIDDLE];
  private final long[] brief = new long[ROW];
  private final long[] middle = new long[ROW];
  private final long[] all = new long[ROW];
  private final double[] best = new double[Head.COUNT];
  private final int[] bestStart = new int[Head.COUNT];
  private final int[] bestEnd = new int[Head.COUNT];
  private int pieces;
  private boolean alone;

  /** Begins a text of so many units. */
  void begin(int length) {
    alone = length <= SHORT * Features.PIECE;
    java.util.Arrays.fill(last, 0);
    java.util.Arrays.fill(brief, 0);
    java.util.Arrays.fill(middle, 0);
    java.util.Arrays.fill(all, 0);
    java.util.Arrays.fill(best, Double.NEGATIVE_INFINITY);
    pieces = 0;
  }

  double best(Head head) {
    return best[head.ordinal()];
  }

  int start(Head head) {
    return bestStart[head.ordinal()];
  }

  int end(Head head) {
    return bestEnd[head.ordinal()];
  }

  /** Adds a piece, and weighs the windows that end with it. */
  void add(Features piece, Weights weights) {
    int slot = (pieces & (MIDDLE - 1)) * ROW;
    int leaving = ((pieces - SHORT) & (MIDDLE - 1)) * ROW;
    for (int i = 0; i < ROW; i++) {
      middle[i] -= last[slot + i];
      brief[i] -= pieces >= SHORT ? last[leaving + i] : 0;
      last[slot + i] = 0;
    }
    sum(piece, weights.table(), slot);
    for (int i = 0; i < ROW; i++) {
      long value = last[slot + i];
      brief[i] += value;
      middle[i] += value;
      all[i] += value;
    }
    starts[pieces & (MIDDLE - 1)] = piece.start();
    pieces++;
    weigh(brief, 1, weights, alone ? Span.ALONE : Span.SHORT, start(SHORT), piece.end());
    if (pieces > SHORT) {
      weigh(middle, 1, weights, Span.MIDDLE, start(MIDDLE), piece.end());
    }
  }

  /** Weighs the text as a whole, when it is longer than any window: what its windows say on average. */
  void finish(int length, Weights weights) {
    if (pieces > MIDDLE) {
      // on the scale of a middle window, however long the text is
      weigh(all, Math.sqrt((double) MIDDLE / pieces), weights, Span.WHOLE, 0, length);
    }
  }

  private enum Span {
    ALONE,
    SHORT,
    MIDDLE,
    WHOLE
  }

  private int start(int span) {
    return pieces <= span ? 0 : starts[(pieces - span) & (MIDDLE - 1)];
  }

  private void weigh(long[] sums, double share, Weights weights, Span span, int start, int end) {
    if (sums[Head.COUNT] == 0) {
      return;
    }
    double norm = share / Math.sqrt((double) sums[Head.COUNT] + Features.PRIOR);
    for (var head : HEADS) {
      var scale = weights.scale(head);
      var offset = switch (span) {
        case ALONE -> scale.alone();
        case SHORT -> scale.shortWindow();
        case MIDDLE -> scale.middleWindow();
        case WHOLE -> scale.whole();
      };
      int at = head.ordinal();
      double value = (double) sums[at] * norm * scale.unit() + scale.bias() - offset;
      if (value > best[at]) {
        best[at] = value;
        bestStart[at] = start;
        bestEnd[at] = end;
      }
    }
  }

  private static final Head[] HEADS = Head.values();

  /** Eight sums at once: the bytes of a row are added in two longs of four lanes each. */
  private void sum(Features piece, long[] table, int slot) {
    var buckets = piece.buckets();
    int count = piece.count();
    for (int from = 0; from < count; from += FLUSH) {
      int to = Math.min(from + FLUSH, count);
      long even = 0;
      long odd = 0;
      for (int i = from; i < to; i++) {
        long row = table[buckets[i]];
        even += row & LANES;
        odd += (row >>> 8) & LANES;
      }
      for (int lane = 0; lane < Head.COUNT; lane += 2) {
        last[slot + lane] += (even >>> (8 * lane)) & 0xFFFF;
        last[slot + lane + 1] += (odd >>> (8 * lane)) & 0xFFFF;
      }
    }
    for (int lane = 0; lane < Head.COUNT; lane++) {
      last[slot + lane] -= 128L * count;
    }
    last[slot + Head.COUNT] = count;
  }
}
