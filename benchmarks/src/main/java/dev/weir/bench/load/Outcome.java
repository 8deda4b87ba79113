package dev.weir.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a load saw within its window. The histograms hold nanoseconds.
 *
 * @param units answers that count, or frames of streams
 * @param failures wrong status, broken or cut answers, connections lost
 * @param firstFailure what the first one was, or empty
 * @param nanos length of the window as it was
 * @param latency of answers from their scheduled start, or of frames from the mock's sending
 * @param firstByte of streams: from the request to the first frame; otherwise empty
 */
public record Outcome(
    long units,
    long failures,
    String firstFailure,
    long nanos,
    Histogram latency,
    Histogram firstByte) {
  public double perSecond() {
    return units * 1e9 / nanos;
  }
}
