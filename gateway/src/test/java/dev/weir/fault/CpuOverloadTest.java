package dev.weir.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.OpenLoad.Sample;
import dev.weir.it.RunningGateway;
import dev.weir.provider.sandbox.SandboxProvider;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More requests than the processor can work on: what it can serve is served, the others are told, and nobody waits for long. */
class CpuOverloadTest {
  private static final int SECONDS = 3;

  @Test
  @Tag("slow")
  void at_three_times_what_the_processor_can_do_most_of_it_is_still_done() throws Exception {
    try (var pace = Executors.newSingleThreadScheduledExecutor();
        var gateway = new RunningGateway(
            List.of(new SandboxProvider(pace, Clock.systemUTC())), RunningGateway.QUICK);
        var load = new OpenLoad(gateway.port(), request(gateway))) {
      var capacity = capacity(load);
      // other processes on the same cores can take a window's time away: the best of three counts
      var run = measured(load, capacity);
      for (var more = 0; more < 2 && !run.holds(); more++) {
        run = measured(load, capacity);
      }
      assertThat(run.holds()).as(run.toString()).isTrue();
    }
  }

  /**
   * Answers a second at one, two and three times the capacity, and how long they took then.
   *
   * @param served milliseconds for half of those served at three times, from when they were due
   * @param refused the same for those refused; 0 when none was
   */
  private record Run(double once, double twice, double thrice, double served, double refused) {
    // half of those that are refused hear of it long before half of those that are served
    boolean holds() {
      return thrice >= once * 0.6 && twice >= once * 0.6 && refused < served;
    }
  }

  /** Served a second when a rate is first not kept up with. */
  private static double capacity(OpenLoad load) throws IOException {
    var best = 0.0;
    var rate = 150.0;
    do {
      rate *= 1.6;
      best = Math.max(best, millis(load.run(rate, Duration.ofSeconds(2)), 200).length / 2.0);
    } while (best > rate * 0.85);
    return best;
  }

  private static Run measured(OpenLoad load, double capacity) throws IOException {
    var time = Duration.ofSeconds(SECONDS);
    var once = millis(load.run(capacity, time), 200).length;
    var twice = millis(load.run(capacity * 2, time), 200).length;
    var samples = load.run(capacity * 3, time);
    var served = millis(samples, 200);
    var run = new Run(
        once / (double) SECONDS,
        twice / (double) SECONDS,
        served.length / (double) SECONDS,
        median(served),
        median(millis(samples, 503)));
    System.out.printf("bound by the processor at %.0f a second: %s%n", capacity, run);
    return run;
  }

  private static double[] millis(List<Sample> samples, int status) {
    return samples.stream()
        .filter(sample -> sample.status() == status)
        .mapToDouble(Sample::millis)
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** 16 KiB under guardrails: the processor's work many times over that of a refusal. */
  private static byte[] request(RunningGateway gateway) {
    var body = "{\"model\":\"sandbox/sandbox-echo\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + "The river runs past the old mill and the children walk along it. ".repeat(250) + "\"}]}";
    return ("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
            + gateway.key()
            + "\r\nx-weir-guardrail-profile: privacy\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length() + "\r\n\r\n" + body)
        .getBytes(UTF_8);
  }
}
