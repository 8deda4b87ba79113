package dev.weir.it;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Times of many trials, in milliseconds with their percentiles. */
public record Latencies(long[] sortedNanos) {
  public static Latencies of(LongStream nanos) {
    var all = nanos.toArray();
    Arrays.sort(all);
    return new Latencies(all);
  }

  /** The value that this part of the trials stays at or below. */
  public double millis(double part) {
    var at = (int) Math.ceil(part * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, at)] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        "n %d, P50 %.2f ms, P99 %.2f ms, max %.2f ms",
        sortedNanos.length, millis(0.5), millis(0.99), millis(1));
  }
}
