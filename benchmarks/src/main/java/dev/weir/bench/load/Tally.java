package dev.weir.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** What is counted while a load runs. Failures come from any thread, times from one. */
final class Tally {
  /** A minute: longer than any answer is waited for. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private static final int DIGITS = 3;

  private final Histogram latency = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram firstByte = new Histogram(LONGEST_NANOS, DIGITS);
  private final AtomicLong failures = new AtomicLong();
  private volatile String firstFailure = "";
  private long units;

  static Histogram empty() {
    return new Histogram(LONGEST_NANOS, DIGITS);
  }

  void counted(long nanos) {
    units++;
    latency.recordValue(clamp(nanos));
  }

  void firstByte(long nanos) {
    firstByte.recordValue(clamp(nanos));
  }

  void failed(String why) {
    if (failures.getAndIncrement() == 0) {
      firstFailure = why;
    }
  }

  long failures() {
    return failures.get();
  }

  Outcome outcome(long nanos) {
    return new Outcome(units, failures.get(), firstFailure, nanos, latency, firstByte);
  }

  private static long clamp(long nanos) {
    return Math.clamp(nanos, 1, LONGEST_NANOS);
  }
}
