package dev.weir.bench.stats;

import org.HdrHistogram.Histogram;

/**
 * A latency distribution in short, in microseconds. Immutable.
 *
 * @param count of times; 0 makes all others 0
 */
public record Percentiles(long count, double p50, double p95, double p99, double p999, double max) {
  /** Of a histogram of nanoseconds. */
  public static Percentiles of(Histogram nanos) {
    return new Percentiles(
        nanos.getTotalCount(),
        at(nanos, 50),
        at(nanos, 95),
        at(nanos, 99),
        at(nanos, 99.9),
        nanos.getMaxValue() / 1e3);
  }

  private static double at(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / 1e3;
  }
}
