package dev.weir.upstream;

import static dev.weir.fake.FakeUpstream.json;
import static dev.weir.fake.FakeUpstream.streamHead;
import static dev.weir.fake.FakeUpstream.write;
import static dev.weir.upstream.UpstreamKit.CHUNK;
import static dev.weir.upstream.UpstreamKit.DONE;
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
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two attempts at once, and what a client sees of them: one. */
class HedgeTest {
  private static final AttemptRules HEDGED =
      rules(0, Optional.of(new AttemptRules.Hedge(0.95, Duration.ofMillis(80))));
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

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
    b.answers((_, socket) -> answer(socket, "from b"));
  }

  @AfterEach
  void stop() throws IOException {
    kit.close();
    a.close();
    b.close();
  }

  private static void answer(Socket socket, String label) throws IOException {
    write(
        socket,
        streamHead()
            + CHUNK.formatted(label)
            + CHUNK.formatted(label)
            + CHUNK.formatted(label)
            + STOP
            + DONE);
    socket.close();
  }

  @Test
  void a_silent_target_loses_to_the_next_and_is_cancelled() {
    a.answers((_, socket) -> {
      socket.setSoTimeout(5000);
      // the end of the gateway's side arrives here
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      throw new IOException("cancelled");
    });
    var outcome = kit.stream(plan(HEDGED, toA, toB));
    assertThat(outcome.body()).contains("from b").endsWith(DONE);
    assertThat(outcome.trace().attempts).isEqualTo(2);
    assertThat(outcome.trace().provider).isEqualTo("b");
    assertThat(outcome.trace().attempts())
        .extracting(AttemptTrace::provider, AttemptTrace::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", AttemptTrace.CANCELLED),
            org.assertj.core.groups.Tuple.tuple("b", AttemptTrace.SUCCESS));
    Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> a.lastBroken() != 0);
    assertThat(kit.targets.inFlight(toA)).isZero();
    assertThat(kit.targets.available(toA)).isTrue();
  }

  @Test
  void a_prompt_answer_has_no_second_beside_it() {
    a.answers((_, socket) -> answer(socket, "from a"));
    assertThat(kit.stream(plan(HEDGED, toA, toB)).body()).contains("from a");
    assertThat(b.ledger()).isEmpty();
  }

  @Test
  void the_first_may_still_win_and_the_usage_is_its_own() {
    a.answers((_, socket) -> {
      Thread.sleep(300);
      write(socket, completion("slow a"));
    });
    b.answers((_, socket) -> {
      Thread.sleep(3000);
      write(socket, completion("slower b"));
    });
    var outcome = kit.ask(plan(HEDGED, toA, toB));
    assertThat(outcome.body()).contains("slow a");
    assertThat(outcome.trace().provider).isEqualTo("a");
    assertThat(outcome.trace().tokensIn).isEqualTo(1);
  }

  @Test
  void when_the_second_fails_the_first_is_waited_for() {
    a.answers((_, socket) -> {
      Thread.sleep(300);
      write(socket, completion("slow a"));
    });
    b.answers(json(500, "{}"));
    assertThat(kit.ask(plan(HEDGED, toA, toB)).body()).contains("slow a");
  }

  @Test
  void when_both_fail_the_next_target_serves() throws IOException {
    try (var c = new FakeUpstream()) {
      a.answers((_, socket) -> {
        Thread.sleep(200);
        write(socket, json(500, "{}"));
      });
      b.answers((_, socket) -> {
        Thread.sleep(50);
        write(socket, json(503, "{}"));
      });
      c.answers(completion("from c"));
      var outcome = kit.ask(plan(HEDGED, toA, toB, target(c, "c", "m3")));
      assertThat(outcome.body()).contains("from c");
      assertThat(outcome.trace().attempts).isEqualTo(3);
    }
  }

  @Test
  void hedges_are_drawn_from_the_budget_of_retries() {
    a.answers((_, socket) -> {
      Thread.sleep(150);
      write(socket, completion("slow a"));
    });
    b.answers((_, _) -> Thread.sleep(3000));
    var attempts = 0;
    for (var i = 0; i < 20; i++) {
      attempts += kit.ask(plan(HEDGED, toA, toB)).trace().attempts;
    }
    assertThat(attempts).isBetween(21, 28);
  }

  @Test
  void no_sequence_of_failures_forwards_bytes_of_two_attempts() {
    for (var seed = 0; seed < 80; seed++) {
      var random = new Random(seed);
      var calls = new AtomicInteger();
      a.answers((_, socket) -> misbehave(random, socket, "a" + calls.incrementAndGet()));
      b.answers((_, socket) -> misbehave(random, socket, "b" + calls.incrementAndGet()));
      var plan = plan(
          seed % 2 == 0 ? HEDGED : rules(2, Optional.empty()),
          target(a, "a", "m" + seed, "key-1", "key-2"),
          target(b, "b", "n" + seed),
          target(a, "a", "o" + seed));
      var outcome = kit.stream(plan);
      var labels =
          CONTENT.matcher(outcome.body()).results().map(r -> r.group(1)).toList();
      assertThat(labels.stream().collect(Collectors.toSet()).size())
          .as("seed %d: %s", seed, outcome.body())
          .isLessThanOrEqualTo(1);
      if (outcome.served()) {
        assertThat(labels).as("seed %d", seed).hasSize(3);
        assertThat(outcome.body()).endsWith(STOP + DONE);
      } else {
        assertThat(outcome.body()).doesNotContain("[DONE]");
        assertThat(outcome.why().code()).isNotEqualTo(ErrorCode.INTERNAL_ERROR);
      }
      assertThat(kit.targets.reports()).allMatch(report -> report.inFlight() == 0);
    }
  }

  private static void misbehave(Random random, Socket socket, String label) throws Exception {
    int choice;
    int pause;
    synchronized (random) {
      choice = random.nextInt(10);
      pause = random.nextInt(4) == 0 ? 120 : 0;
    }
    Thread.sleep(pause);
    switch (choice) {
      case 0 -> write(socket, json(500, "{}"));
      case 1 -> write(socket, json(401, "{}"));
      case 2 -> reset(socket);
      case 3 -> {
        write(socket, streamHead() + ": ping\n\n");
        socket.close();
      }
      case 4 -> {
        write(socket, streamHead() + CHUNK.formatted(label));
        reset(socket);
      }
      case 5 -> {
        write(socket, streamHead() + CHUNK.formatted(label) + CHUNK.formatted(label));
        socket.close();
      }
      case 6 -> write(socket, completion(label));
      case 7 -> {
        write(socket, streamHead());
        Thread.sleep(100);
        answerBody(socket, label);
      }
      default -> answer(socket, label);
    }
  }

  private static void answerBody(Socket socket, String label) throws IOException {
    write(
        socket,
        CHUNK.formatted(label) + CHUNK.formatted(label) + CHUNK.formatted(label) + STOP + DONE);
    socket.close();
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
