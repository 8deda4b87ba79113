package dev.weir.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void six_measurements_span_the_interval_whole() {
    var estimate = Estimate.of(List.of(3.0, 1.0, 2.0, 6.0, 5.0, 4.0));
    assertThat(estimate.median()).isEqualTo(3.5);
    assertThat(estimate.low()).isEqualTo(1);
    assertThat(estimate.high()).isEqualTo(6);
    // 1 - 2 / 2^6
    assertThat(estimate.confidence()).isCloseTo(0.96875, within(1e-9));
  }

  @Test
  void more_measurements_narrow_it() {
    // table of order statistics: 20 measurements, the 6th and 15th hold the median with 95.86 %
    var estimate =
        Estimate.of(IntStream.rangeClosed(1, 20).mapToObj(i -> (double) i).toList());
    assertThat(estimate.low()).isEqualTo(6);
    assertThat(estimate.high()).isEqualTo(15);
    assertThat(estimate.confidence()).isCloseTo(0.9586, within(1e-4));
  }

  @Test
  void two_measurements_promise_half() {
    var estimate = Estimate.of(List.of(1.0, 2.0));
    assertThat(estimate.median()).isEqualTo(1.5);
    assertThat(estimate.confidence()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void one_or_none_promises_nothing() {
    assertThat(Estimate.of(List.of(7.0)).confidence()).isZero();
    assertThat(Estimate.of(List.of()).known()).isFalse();
  }

  @Test
  void a_delayed_acknowledgement_is_seen_and_a_slow_tail_is_not() {
    var nagle = histogram();
    var tail = histogram();
    for (int i = 0; i < 1000; i++) {
      nagle.recordValue(i % 50 == 0 ? 41_000_000L : 300_000L);
      tail.recordValue(i * 100_000L);
    }
    assertThat(DelayedAck.in(nagle)).isTrue();
    assertThat(DelayedAck.in(tail)).isFalse();
    assertThat(DelayedAck.in(histogram())).isFalse();
  }

  @Test
  void percentiles_are_in_microseconds() {
    var nanos = histogram();
    for (int i = 1; i <= 100; i++) {
      nanos.recordValue(i * 1_000_000L);
    }
    var percentiles = Percentiles.of(nanos);
    assertThat(percentiles.p50()).isCloseTo(50_000, within(100.0));
    assertThat(percentiles.p99()).isCloseTo(99_000, within(100.0));
    assertThat(percentiles.count()).isEqualTo(100);
  }

  private static Histogram histogram() {
    return new Histogram(60_000_000_000L, 3);
  }
}
