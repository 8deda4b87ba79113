package dev.weir.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.mock.MockUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generator against the mock over loopback, half a second each. */
class LoadTest {
  private static final Window SHORT = Window.of(Duration.ofMillis(200), Duration.ofMillis(500));
  private static MockUpstream mock;

  @BeforeAll
  static void start() throws IOException {
    mock = MockUpstream.start(0);
  }

  @AfterAll
  static void stop() throws IOException {
    mock.close();
  }

  @Test
  void a_closed_loop_keeps_its_connections_busy() throws IOException {
    var outcome = new ClosedLoop(8).run(ask("mock-500"), SHORT);
    assertThat(outcome.firstFailure()).isEmpty();
    assertThat(outcome.failures()).isZero();
    assertThat(outcome.units()).isGreaterThan(200);
    assertThat(outcome.latency().getTotalCount()).isEqualTo(outcome.units());
  }

  @Test
  void an_open_loop_sends_by_the_clock() throws Exception {
    var outcome = new OpenLoop(400, 16).run(ask("mock-8192"), SHORT);
    assertThat(outcome.firstFailure()).isEmpty();
    assertThat(outcome.units()).isEqualTo(200);
    assertThat(outcome.latency().getMaxValue()).isLessThan(2_000_000_000L);
  }

  @Test
  void waiting_for_a_connection_counts_as_latency() throws Exception {
    // four frames at 25 ms through one connection: it serves 10 a second, 20 are asked for
    var outcome = new OpenLoop(20, 1)
        .run(ask("mock-sse-4-25"), Window.of(Duration.ZERO, Duration.ofMillis(500)));
    assertThat(outcome.failures()).isZero();
    assertThat(outcome.units()).isEqualTo(10);
    assertThat(outcome.latency().getMaxValue()).isGreaterThan(400_000_000L);
  }

  @Test
  void streams_are_counted_and_timed_by_frame() throws IOException {
    var load = new StreamLoad(20, Duration.ofMillis(50));
    var outcome = load.run(ask("mock-sse-10-10"), SHORT);
    assertThat(outcome.firstFailure()).isEmpty();
    assertThat(outcome.units()).isBetween(300L, 1_200L);
    assertThat(outcome.firstByte().getTotalCount()).isGreaterThan(20);
    assertThat(outcome.latency().getValueAtPercentile(50)).isLessThan(50_000_000L);
  }

  @Test
  void a_large_answer_arrives_whole() throws IOException {
    var outcome = new ClosedLoop(4).run(ask("mock-131072"), SHORT);
    assertThat(outcome.firstFailure()).isEmpty();
    assertThat(outcome.units()).isGreaterThan(20);
  }

  @Test
  void failures_are_counted_and_named() throws Exception {
    assertThat(new ClosedLoop(2).run(ask("mock-fail"), SHORT).firstFailure())
        .isEqualTo("status 500");
    var open = new OpenLoop(100, 4).run(ask("mock-fail"), SHORT);
    assertThat(open.failures()).isGreaterThanOrEqualTo(50);
    assertThat(open.units()).isZero();
  }

  @Test
  void what_wrk_prints_is_read() {
    var good = "  84210 requests in 2.00s, 50.11MB read\nRequests/sec: 42100.11\n";
    assertThat(WrkLoad.outcome(good, 2_000_000_000L).perSecond()).isEqualTo(42_105);
    assertThat(WrkLoad.outcome(good, 1).failures()).isZero();
    var bad = good + "  Socket errors: connect 1, read 2, write 3, timeout 4\n"
        + "  Non-2xx or 3xx responses: 10\n";
    assertThat(WrkLoad.outcome(bad, 1).failures()).isEqualTo(20);
    assertThat(WrkLoad.outcome(bad, 1).units()).isEqualTo(84_200);
  }

  private static Destination ask(String model) {
    return Destination.post(
        mock.port(),
        "/v1/chat/completions",
        Map.of("Authorization", "Bearer key"),
        "{\"model\":\"openai/" + model + "\",\"messages\":[]}");
  }
}
