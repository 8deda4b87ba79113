package dev.weir.upstream;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A target's recent times to the first event, in nanoseconds. Safe for many threads; under contention a sample may be lost,
 * which no use of it minds.
 */
final class Latency {
  private static final double DECAY = Duration.ofSeconds(10).toNanos();
  private static final int SAMPLES = 64;

  /** Fewer than these tell nothing of a high percentile. */
  private static final int ENOUGH = 20;

  private final AtomicLongArray samples = new AtomicLongArray(SAMPLES);
  private final AtomicInteger count = new AtomicInteger();
  private volatile long average;
  private volatile long at;

  /** Rises with a slow sample at once, falls with time (peak EWMA). */
  void record(long nanos, long now) {
    var before = average;
    if (nanos >= before) {
      average = nanos;
    } else {
      var weight = Math.exp(-Math.max(0, now - at) / DECAY);
      // fast samples in quick succession count too: a twentieth at least
      average = (long) (before * Math.min(weight, 0.95) + nanos * Math.max(1 - weight, 0.05));
    }
    at = now;
    samples.set(Math.floorMod(count.getAndIncrement(), SAMPLES), nanos);
  }

  /** The peak-sensitive moving average; 0 while nothing is known. */
  long average() {
    return average;
  }

  /** The percentile of the last 64; 0 while too little is known. */
  long percentile(double percentile) {
    var known = Math.min(count.get(), SAMPLES);
    if (known < ENOUGH) {
      return 0;
    }
    var sorted = new long[known];
    for (var i = 0; i < known; i++) {
      sorted[i] = samples.get(i);
    }
    Arrays.sort(sorted);
    return sorted[Math.min(known - 1, (int) (percentile * known))];
  }
}
