package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final GatewayException why = Failures.unavailable("test");
  private static final long MILLI = 1_000_000;

  private long now = 77;
  private final Circuit circuit = new Circuit(now);

  private boolean enter() {
    return circuit.enter(now, Circuit.Entry.USUAL);
  }

  private void fail() {
    assertThat(enter()).isTrue();
    now += MILLI;
    circuit.failed(now - MILLI, now, why);
  }

  private void succeed() {
    assertThat(enter()).isTrue();
    now += MILLI;
    circuit.succeeded(now - MILLI, now);
  }

  private void open() {
    for (var i = 0; i < Circuit.FAILURES_IN_A_ROW; i++) {
      fail();
    }
  }

  @Test
  void four_failures_in_a_row_leave_it_closed_and_five_open_it() {
    for (var i = 0; i < 4; i++) {
      fail();
    }
    assertThat(enter()).isTrue();
    now += MILLI;
    circuit.failed(now - MILLI, now, why);
    assertThat(enter()).isFalse();
    assertThat(circuit.refusal(now).code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
  }

  @Test
  void a_single_failure_among_successes_never_opens_it() {
    for (var i = 0; i < 1000; i++) {
      fail();
      for (var j = 0; j < 9; j++) {
        succeed();
      }
    }
    assertThat(enter()).isTrue();
  }

  @Test
  void every_second_failing_opens_it_after_ten() {
    for (var i = 0; i < 5; i++) {
      succeed();
      fail();
    }
    fail();
    assertThat(enter()).isFalse();
  }

  @Test
  void failures_far_apart_do_not_add_up() {
    for (var i = 0; i < 50; i++) {
      fail();
      now += Duration.ofSeconds(31).toNanos();
    }
    assertThat(enter()).isTrue();
  }

  @Test
  void open_it_is_probed_after_a_second_and_three_successes_close_it() {
    open();
    now += 500 * MILLI;
    assertThat(enter()).isFalse();
    now += 501 * MILLI;
    succeed();
    succeed();
    succeed();
    assertThat(circuit.state(now)).isEqualTo(Circuit.State.CLOSED);
  }

  @Test
  void however_often_it_opens_it_is_probed_within_four_seconds() {
    open();
    for (var i = 0; i < 20; i++) {
      assertThat(circuit.opensIn(now)).isLessThanOrEqualTo(Duration.ofSeconds(4).toNanos());
      now += Duration.ofSeconds(4).toNanos();
      fail();
    }
    now += Duration.ofSeconds(4).toNanos();
    assertThat(enter()).isTrue();
  }

  @Test
  void few_probes_go_at_once_and_one_more_when_they_are_silent() {
    open();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(enter()).isTrue();
    assertThat(enter()).isTrue();
    assertThat(enter()).isTrue();
    assertThat(enter()).isFalse();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(enter()).isTrue();
    assertThat(enter()).isFalse();
  }

  @Test
  void a_probe_that_is_withdrawn_gives_its_place_back() {
    open();
    now += Duration.ofSeconds(1).toNanos();
    for (var i = 0; i < 100; i++) {
      assertThat(enter()).isTrue();
      circuit.withdrawn(now);
    }
  }

  @Test
  void what_began_before_it_opened_says_nothing_of_the_probes() {
    var began = now;
    open();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(enter()).isTrue();
    circuit.failed(began, now, why);
    assertThat(circuit.state(now)).isEqualTo(Circuit.State.PROBING);
  }

  @Test
  void the_last_resort_may_probe_early_but_not_at_once() {
    open();
    assertThat(circuit.enter(now + 50 * MILLI, Circuit.Entry.LAST_RESORT)).isFalse();
    assertThat(circuit.enter(now + 101 * MILLI, Circuit.Entry.LAST_RESORT)).isTrue();
  }

  @Test
  void a_cool_down_ends_when_it_was_said_to_and_tells_how_long_it_lasts() {
    var limited =
        GatewayException.of(ErrorCode.UPSTREAM_RATE_LIMITED, "x").retryAfter(Duration.ofSeconds(7));
    circuit.cool(now, Duration.ofSeconds(7), limited);
    now += Duration.ofSeconds(5).toNanos();
    assertThat(enter()).isFalse();
    assertThat(circuit.refusal(now).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    now += Duration.ofSeconds(2).toNanos();
    assertThat(enter()).isTrue();
  }

  @Test
  void whatever_happened_it_lets_somebody_in_five_seconds_later() {
    for (var seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var some = new Circuit(now);
      for (var i = 0; i < 200; i++) {
        var began = now - random.nextInt(2000) * MILLI;
        var let = some.enter(now, Circuit.Entry.values()[random.nextInt(2)]);
        now += random.nextInt(300) * MILLI;
        switch (random.nextInt(4)) {
          case 0 -> some.succeeded(let ? now : began, now);
          case 1 -> some.withdrawn(let ? now : began);
          case 2 -> some.cool(now, Duration.ofSeconds(random.nextInt(5)), why);
          default -> some.failed(let ? now : began, now, why);
        }
      }
      now += Duration.ofSeconds(5).toNanos();
      assertThat(some.available(now)).as("seed %d", seed).isTrue();
      assertThat(some.enter(now, Circuit.Entry.USUAL)).as("seed %d", seed).isTrue();
    }
  }
}
