package dev.weir.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bench.host.Cores;
import dev.weir.bench.host.Pinned;
import dev.weir.bench.load.ClosedLoop;
import dev.weir.bench.load.StreamLoad;
import dev.weir.bench.mock.MockUpstream;
import dev.weir.bench.run.Plan.Neighbours;
import dev.weir.bench.service.RunningService.Answer;
import dev.weir.bench.service.ServiceDefinition;
import dev.weir.bench.service.Workshop;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole small run over loopback; a second mock stands in for a proxy, so that none need be installed. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the harness reads /proc and uses taskset")
class ComparisonTest {
  private static final Cores FIRST = new Cores(Set.of(0), Set.of(0));

  @TempDir
  private Path scratch;

  @Test
  void a_run_goes_there_and_back_through_all_services() throws Exception {
    int port;
    try (var probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    var plan = plan(List.of(mockAsService("a"), mockAsService("b")));
    try (var mock = Pinned.start(mockCommand(String.valueOf(port)), Map.of(), scratch, Set.of(0))) {
      var workshop = new Workshop(scratch, scratch, port, FIRST, List.of());
      var findings = new Comparison(workshop, plan, line -> {}).run(mock);

      var order = findings.blocks().stream()
          .filter(block -> block.scenario().equals("whole"))
          .map(Block::service)
          .collect(Collectors.joining(" "));
      assertThat(order).isEqualTo("direct a b b a direct");
      // on a busy machine a window of a fifth of a second may see no answer; then it says that it
      // is void
      assertThat(findings.blocks())
          .hasSize(12)
          .allMatch(block -> block.failures() == 0 || !block.voidBecause().isEmpty())
          .filteredOn(block -> block.units() > 0)
          .hasSizeGreaterThan(6);
      assertThat(findings.starts()).hasSize(2).allSatisfy(start -> {
        assertThat(start.seconds()).isBetween(0.01, 60.0);
        assertThat(start.residentMib()).isGreaterThan(5);
      });
      assertThat(findings.idle()).hasSize(2);
    }
  }

  @Test
  void a_service_that_ends_is_named_with_its_last_words() {
    var broken = new ServiceDefinition(
        "broken",
        null,
        List.of("/bin/sh", "-c", "echo no such option; exit 3"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
    var workshop = new Workshop(scratch, scratch, 1, FIRST, List.of());
    assertThatThrownBy(() -> workshop.start(broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken ended")
        .hasMessageContaining("no such option");
  }

  private static Plan plan(List<ServiceDefinition> services) {
    var whole = new Scenario(
        "whole", "", "mock-500", 200, Answer.WHOLE, Scenario.Unit.REQUEST, new ClosedLoop(2));
    var stream = new Scenario(
        "stream",
        "",
        "mock-sse-5-5",
        200,
        Answer.STREAMED,
        Scenario.Unit.FRAME,
        new StreamLoad(2, Duration.ofMillis(10)));
    var tenth = Duration.ofMillis(100);
    return new Plan(
        services,
        List.of(whole, stream),
        1,
        tenth,
        Duration.ZERO,
        tenth,
        tenth,
        20,
        tenth,
        Neighbours.TOLERATED);
  }

  private static ServiceDefinition mockAsService(String name) {
    return new ServiceDefinition(
        name, null, mockCommand("{port}"), null, null, null, null, null, null, null, null);
  }

  private static List<String> mockCommand(String port) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    return List.of(java, "-Xmx64m", "-cp", classes, MockUpstream.class.getName(), port);
  }
}
