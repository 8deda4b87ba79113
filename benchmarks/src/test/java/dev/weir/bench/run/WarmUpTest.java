package dev.weir.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void a_cost_that_falls_is_not_steady() {
    var steady = new WarmUp.Steady();
    for (double cost : new double[] {400, 250, 180, 140, 145, 100}) {
      steady.add(cost);
      assertThat(steady.reached()).isFalse();
    }
  }

  @Test
  void two_slices_without_gain_are() {
    var steady = new WarmUp.Steady();
    for (double cost : new double[] {400, 60, 58, 61}) {
      assertThat(steady.reached()).isFalse();
      steady.add(cost);
    }
    assertThat(steady.reached()).isTrue();
  }
}
