package dev.weir.bench.stats;

import org.HdrHistogram.Histogram;

/**
 * The mark that Nagle's algorithm leaves where it meets a delayed acknowledgement (RFC 896, RFC 1122 4.2.3.2): answers that
 * cluster at 38 to 46 ms, Linux' shortest delay being 40.
 */
public final class DelayedAck {
  private static final double LEAST_SHARE = 0.005;
  private static final double ABOVE_NEIGHBOURS = 2;

  private DelayedAck() {}

  /** Whether a histogram of nanoseconds has a mode there: more than both bands beside it, and more than chance. */
  public static boolean in(Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return false;
    }
    long within = between(nanos, 38, 46);
    long beside = Math.max(between(nanos, 30, 38), between(nanos, 46, 54));
    return within > LEAST_SHARE * nanos.getTotalCount() && within > ABOVE_NEIGHBOURS * beside;
  }

  private static long between(Histogram nanos, long fromMillis, long toMillis) {
    return nanos.getCountBetweenValues(fromMillis * 1_000_000, toMillis * 1_000_000 - 1);
  }
}
