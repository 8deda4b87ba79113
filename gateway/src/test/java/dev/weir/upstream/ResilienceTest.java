package dev.weir.upstream;

import static dev.weir.fake.FakeUpstream.json;
import static dev.weir.fake.FakeUpstream.streamHead;
import static dev.weir.fake.FakeUpstream.write;
import static dev.weir.upstream.UpstreamKit.CHUNK;
import static dev.weir.upstream.UpstreamKit.DONE;
import static dev.weir.upstream.UpstreamKit.ONCE;
import static dev.weir.upstream.UpstreamKit.STOP;
import static dev.weir.upstream.UpstreamKit.completion;
import static dev.weir.upstream.UpstreamKit.plan;
import static dev.weir.upstream.UpstreamKit.rules;
import static dev.weir.upstream.UpstreamKit.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.protocol.ErrorCode;
import dev.weir.routing.AttemptRules;
import dev.weir.routing.Target;
import dev.weir.telemetry.AttemptTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one failing provider does to requests that have others, or another key, to go to. */
class ResilienceTest {
  private static final String BROKEN = json(500, "{\"error\":{\"message\":\"no\"}}");

  private final UpstreamKit kit = new UpstreamKit();
  private FakeUpstream a;
  private FakeUpstream b;
  private Target toA;
  private Target toB;

  @BeforeEach
  void start() throws IOException {
    a = new FakeUpstream();
    b = new FakeUpstream();
    toA = target(a, "a", "m1", "key-1");
    toB = target(b, "b", "m2", "key-2");
    b.answers(completion("from b"));
  }

  @AfterEach
  void stop() throws IOException {
    kit.close();
    a.close();
    b.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 429, 500, 502, 503, 529})
  void what_another_target_may_cure_goes_on_to_it(int status) {
    a.answers(json(status, "{}", "retry-after: 30"));
    var outcome = kit.ask(plan(ONCE, toA, toB));
    assertThat(outcome.body()).contains("from b");
    assertThat(outcome.trace().attempts).isEqualTo(2);
    assertThat(outcome.trace().provider).isEqualTo("b");
    assertThat(outcome.trace().attempts())
        .extracting(AttemptTrace::provider)
        .containsExactly("a", "b");
    assertThat(outcome.trace().attempts().getLast().outcome()).isEqualTo(AttemptTrace.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422})
  void u22_what_no_other_target_can_cure_stays_and_cools_nothing(int status) {
    a.answers(json(status, "{\"error\":{\"code\":\"invalid_value\"}}"));
    for (var i = 0; i < 12; i++) {
      var outcome = kit.ask(plan(ONCE, toA, toB));
      assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_REQUEST);
      assertThat(outcome.trace().attempts).isEqualTo(1);
    }
    assertThat(b.ledger()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"context_length_exceeded", "content_filter"})
  void a_prompt_that_one_model_refuses_goes_to_another_model(String code) {
    a.answers(json(400, "{\"error\":{\"code\":\"" + code + "\"}}"));
    var same = target(a, "a2", "m1", "key-1");
    var outcome = kit.ask(plan(ONCE, toA, same, toB));
    assertThat(outcome.body()).contains("from b");
    assertThat(a.ledger()).hasSize(1);
  }

  @Test
  void u26_a_single_5xx_is_tried_again_and_opens_nothing() {
    var calls = new AtomicInteger();
    a.answers(
        (_, socket) -> write(socket, calls.getAndIncrement() == 0 ? BROKEN : completion("again")));
    assertThat(kit.ask(plan(rules(1, Optional.empty()), toA)).body()).contains("again");
    assertThat(kit.targets.available(toA)).isTrue();
  }

  @Test
  void u27_when_all_fail_circuits_open_and_refusals_cost_nothing() {
    a.answers(BROKEN);
    b.answers(BROKEN);
    var attempts = 0;
    var times = new ArrayList<Long>();
    for (var i = 0; i < 200; i++) {
      var start = System.nanoTime();
      var outcome = kit.ask(plan(AttemptRules.DEFAULT, toA, toB));
      assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
      attempts += outcome.trace().attempts;
      if (i >= 100) {
        times.add(System.nanoTime() - start);
      }
    }
    // amplification: at most 1.2
    assertThat(attempts).isLessThanOrEqualTo(240);
    assertThat(a.ledger().size() + b.ledger().size()).isEqualTo(attempts).isLessThanOrEqualTo(40);
    Collections.sort(times);
    assertThat(Duration.ofNanos(times.get(50))).isLessThan(Duration.ofMillis(10));
  }

  @Test
  void u27_five_failures_are_enough() {
    a.answers(BROKEN);
    for (var i = 0; i < 20; i++) {
      assertThat(kit.ask(plan(ONCE, toA)).served()).isFalse();
    }
    assertThat(a.ledger()).hasSize(5);
    assertThat(kit.targets.available(toA)).isFalse();
  }

  @Test
  void within_five_seconds_of_the_end_of_a_fault_all_is_well_again() {
    a.answers(BROKEN);
    for (var i = 0; i < 10; i++) {
      assertThat(kit.ask(plan(ONCE, toA)).served()).isFalse();
    }
    a.answers(completion("well"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> kit.ask(plan(ONCE, toA)).served());
    for (var i = 0; i < 10; i++) {
      assertThat(kit.ask(plan(ONCE, toA)).served()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 429})
  void a_credential_that_is_refused_rests_and_the_others_serve(int status) {
    var two = target(a, "a", "m1", "key-1", "key-2");
    a.answers((request, socket) -> write(
        socket, request.head().contains("key-1") ? json(status, "{}") : completion("second key")));
    for (var i = 0; i < 10; i++) {
      assertThat(kit.ask(plan(ONCE, two)).body()).contains("second key");
    }
    assertThat(a.ledger()).hasSize(11);
    assertThat(kit.targets.reports().getFirst().credentials())
        .extracting(TargetReport.CredentialReport::circuit)
        .containsExactly("cooling", "closed");
  }

  @Test
  void a_circuit_opens_for_the_credential_that_fails_alone() {
    var two = target(a, "a", "m1", "key-1", "key-2");
    a.answers((request, socket) ->
        write(socket, request.head().contains("key-1") ? BROKEN : completion("second key")));
    for (var i = 0; i < 5; i++) {
      assertThat(kit.ask(plan(ONCE, two)).served()).isFalse();
    }
    assertThat(kit.ask(plan(ONCE, two)).body()).contains("second key");
  }

  @Test
  void u24_a_short_retry_after_is_waited_for() {
    var calls = new AtomicInteger();
    a.answers((_, socket) -> write(
        socket,
        calls.getAndIncrement() == 0 ? json(429, "{}", "retry-after: 1") : completion("later")));
    var start = System.nanoTime();
    assertThat(kit.ask(plan(AttemptRules.DEFAULT, toA)).body()).contains("later");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
  }

  @ParameterizedTest
  @CsvSource({"30,30", "86400,60"})
  void u24_a_long_retry_after_is_the_clients_to_wait_for(String theirs, long ours) {
    a.answers(json(429, "{}", "retry-after: " + theirs));
    var outcome = kit.ask(plan(AttemptRules.DEFAULT, toA));
    assertThat(outcome.why().retryAfter()).isEqualTo(Duration.ofSeconds(ours));
    // while it lasts nobody asks again, and everybody is told
    var second = kit.ask(plan(AttemptRules.DEFAULT, toA));
    assertThat(second.why().code()).isEqualTo(ErrorCode.UPSTREAM_RATE_LIMITED);
    assertThat(second.why().retryAfter())
        .isBetween(Duration.ofSeconds(ours - 5), Duration.ofSeconds(ours));
    assertThat(second.trace().attempts).isZero();
    assertThat(second.trace().attempts().getFirst().why()).isEqualTo("cooling_down");
    assertThat(a.ledger()).hasSize(1);
  }

  @Test
  void u07_after_two_silent_targets_the_client_has_waited_enough() {
    var toC = target(b, "c", "m3");
    a.answers((_, _) -> Thread.sleep(3000));
    b.answers((_, _) -> Thread.sleep(3000));
    var outcome = kit.stream(plan(AttemptRules.DEFAULT, toA, toB, toC));
    assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    assertThat(outcome.trace().attempts).isEqualTo(2);
  }

  @Test
  void u12_a_reset_before_the_headers_goes_to_the_next_target() {
    a.answers((_, socket) -> {
      socket.setSoLinger(true, 0);
      socket.close();
    });
    assertThat(kit.ask(plan(ONCE, toA, toB)).body()).contains("from b");
  }

  @Test
  void u28_a_target_that_fails_every_second_time_is_not_noticed() {
    var random = new Random(28);
    a.answers((_, socket) -> write(socket, random.nextBoolean() ? BROKEN : completion("from a")));
    flapping(2000);
  }

  @Test
  void u28_two_targets_that_fail_by_turns_are_not_noticed() {
    var start = System.nanoTime();
    a.answers((_, socket) -> write(socket, phase(start) == 0 ? BROKEN : completion("from a")));
    b.answers((_, socket) -> write(socket, phase(start) == 1 ? BROKEN : completion("from b")));
    flapping(3000);
  }

  private static long phase(long start) {
    return (System.nanoTime() - start) / 700_000_000 % 2;
  }

  private void flapping(int requests) {
    var served = 0;
    var attempts = 0;
    for (var i = 0; i < requests; i++) {
      var outcome = kit.ask(plan(AttemptRules.DEFAULT, toA, toB));
      served += outcome.served() ? 1 : 0;
      attempts += outcome.trace().attempts;
    }
    assertThat(served).isGreaterThanOrEqualTo((int) (requests * 0.999));
    assertThat(attempts).isLessThanOrEqualTo((int) (requests * 1.2));
  }

  @Test
  void u31_a_stream_without_an_end_has_one_when_its_time_is_up() {
    a.answers(endless(Duration.ofMillis(20), "x"));
    var before = System.nanoTime();
    var outcome = kit.stream(plan(ONCE.withTotal(Duration.ofSeconds(1)), toA, toB));
    assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    assertThat(outcome.body()).startsWith(CHUNK.formatted("x")).doesNotContain("[DONE]");
    assertThat(b.ledger()).isEmpty();
    Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> a.lastBroken() > before);
  }

  @Test
  void u31_a_stream_without_an_end_has_one_when_it_is_too_long() {
    a.answers(endless(Duration.ZERO, "x".repeat(500_000)));
    var before = System.nanoTime();
    var outcome = kit.flood(plan(ONCE, toA));
    assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
    Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> a.lastBroken() > before);
  }

  private static FakeUpstream.Behaviour endless(Duration pause, String content) {
    return (_, socket) -> {
      write(socket, streamHead());
      while (true) {
        write(socket, CHUNK.formatted(content));
        Thread.sleep(pause);
      }
    };
  }

  @Test
  void a_full_target_passes_requests_on_and_when_all_are_full_says_so() throws Exception {
    try (var narrow =
        new UpstreamKit(new UpstreamSettings(UpstreamKit.QUICK, 1, Duration.ofSeconds(2)))) {
      a.answers((_, socket) -> {
        Thread.sleep(800);
        write(socket, completion("slow a"));
      });
      var slow = Thread.ofVirtual().start(() -> {
        var _ = narrow.ask(plan(ONCE, toA));
      });
      Awaitility.await().until(() -> narrow.targets.inFlight(toA) == 1);
      assertThat(narrow.ask(plan(ONCE, toA, toB)).body()).contains("from b");
      var refused = narrow.ask(plan(ONCE, toA));
      assertThat(refused.why().code()).isEqualTo(ErrorCode.OVERLOADED);
      assertThat(refused.why().retryAfter()).isEqualTo(Duration.ofSeconds(1));
      slow.join();
      assertThat(narrow.targets.inFlight(toA)).isZero();
    }
  }

  @Test
  void a_place_is_held_until_a_stream_is_over() {
    a.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK.formatted("x"));
      Thread.sleep(300);
      write(socket, STOP + DONE);
      socket.close();
    });
    var outcome = kit.stream(plan(ONCE, toA));
    assertThat(outcome.body()).isEqualTo(CHUNK.formatted("x") + STOP + DONE);
    assertThat(kit.targets.inFlight(toA)).isZero();
    assertThat(kit.targets.latencyNanos(toA)).isPositive();
  }

  @Test
  void a_target_whose_streams_all_break_is_found_out() {
    a.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK.formatted("x"));
      socket.close();
    });
    for (var i = 0; i < 30; i++) {
      assertThat(kit.stream(plan(ONCE, toA)).served()).isFalse();
    }
    assertThat(a.ledger().size()).isLessThan(12);
  }
}
