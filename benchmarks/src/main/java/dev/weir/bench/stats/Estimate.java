package dev.weir.bench.stats;

import java.util.List;

/**
 * The median of some measurements with an interval that supposes nothing of their distribution: two of the measurements
 * themselves, chosen by the binomial law of how many lie below the true median. Immutable.
 *
 * @param low lower end
 * @param high upper end
 * @param samples how many measurements; 0 makes all others NaN
 * @param confidence that the true median lies within, 0 to 1; below the wish when there are too few samples
 */
public record Estimate(double median, double low, double high, int samples, double confidence) {
  private static final double WISH = 0.95;

  /** The narrowest such interval of at least 95 %, or the widest there is. */
  public static Estimate of(List<Double> measurements) {
    var sorted = measurements.stream().sorted().toList();
    int n = sorted.size();
    if (n == 0) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN, 0, 0);
    }
    int cut = 0;
    while (2 * (cut + 1) < n && confidence(n, cut + 1) >= WISH) {
      cut++;
    }
    return new Estimate(
        median(sorted), sorted.get(cut), sorted.get(n - 1 - cut), n, confidence(n, cut));
  }

  public boolean known() {
    return samples > 0;
  }

  private static double median(List<Double> sorted) {
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  /** That the median lies between the measurements left when this many are cut at either end. */
  private static double confidence(int n, int cut) {
    double outside = 0;
    double ways = Math.pow(0.5, n);
    for (int i = 0; i <= cut; i++) {
      outside += ways;
      ways = ways * (n - i) / (i + 1);
    }
    return Math.max(0, 1 - 2 * outside);
  }
}
