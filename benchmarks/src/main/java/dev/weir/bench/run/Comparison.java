package dev.weir.bench.run;

import dev.weir.bench.host.Cores;
import dev.weir.bench.host.Meter;
import dev.weir.bench.host.Pinned;
import dev.weir.bench.host.ProcFiles;
import dev.weir.bench.load.Window;
import dev.weir.bench.service.RunningService;
import dev.weir.bench.service.ServiceDefinition;
import dev.weir.bench.service.Workshop;
import dev.weir.bench.stats.Percentiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a plan: in each round all services start anew; each scenario goes through them one after the other, there and back
 * (direct, A, B, B, A, direct), so that a drift of the machine meets all alike. Single-threaded.
 */
public final class Comparison {
  private final Workshop workshop;
  private final Cores cores;
  private final Plan plan;
  private final Consumer<String> progress;
  private final List<Block> blocks = new ArrayList<>();
  private final List<StartUp> starts = new ArrayList<>();
  private final List<IdleCost> idle = new ArrayList<>();

  /** @param progress told a line now and then */
  public Comparison(Workshop workshop, Plan plan, Consumer<String> progress) {
    this.workshop = workshop;
    this.cores = workshop.cores();
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs it all with this mock as upstream.
   *
   * @throws IOException when a service does not start
   */
  public Findings run(Pinned mock) throws IOException, InterruptedException {
    for (int round = 1; round <= plan.rounds(); round++) {
      var running = new ArrayList<RunningService>();
      try {
        running.add(workshop.direct(mock));
        for (var definition : plan.services()) {
          running.add(start(round, definition));
        }
        for (var service : running) {
          if (service.kind() == ServiceDefinition.Kind.GATEWAY) {
            WarmUp.run(service, cores, plan.firstWarmUp());
          }
        }
        for (var scenario : plan.scenarios()) {
          measure(round, scenario, running);
        }
        idle(round, running);
      } finally {
        stop(running);
      }
    }
    return new Findings(List.copyOf(blocks), List.copyOf(starts), List.copyOf(idle));
  }

  private void idle(int round, List<RunningService> running)
      throws IOException, InterruptedException {
    if (plan.idleStreams() > 0) {
      for (var service : running.subList(1, running.size())) {
        var cost = IdleCost.measure(round, service, plan.idleStreams(), plan.calm());
        idle.add(cost);
        progress.accept(cost.line());
      }
    }
  }

  private static void stop(List<RunningService> running) {
    // the first is the mock's, which outlives the round
    running.stream().skip(1).forEach(RunningService::close);
  }

  private RunningService start(int round, ServiceDefinition definition)
      throws IOException, InterruptedException {
    var service = workshop.start(definition);
    Thread.sleep(plan.calm());
    var tree = ProcFiles.tree(service.processes()).stream()
        .mapToLong(process -> ProcFiles.residentKib(process.pid()))
        .sum();
    var start = new StartUp(
        round,
        service.name(),
        service.startUp().toNanos() / 1e9,
        ProcFiles.residentKib(service.pid()) / 1024.0,
        tree / 1024.0);
    starts.add(start);
    progress.accept(start.line());
    return service;
  }

  private void measure(int round, Scenario scenario, List<RunningService> there)
      throws IOException, InterruptedException {
    for (var service : there) {
      warmUp(scenario, service);
    }
    for (var service : there) {
      block(round, 1, scenario, service);
    }
    for (var service : there.reversed()) {
      block(round, 2, scenario, service);
    }
  }

  private void warmUp(Scenario scenario, RunningService service)
      throws IOException, InterruptedException {
    if (service.kind() == ServiceDefinition.Kind.GATEWAY && !plan.warmUp().isZero()) {
      var _ = scenario.load().run(ask(scenario, service), Window.of(Duration.ZERO, plan.warmUp()));
    }
  }

  private void block(int round, int half, Scenario scenario, RunningService service)
      throws IOException, InterruptedException {
    var meter = new Meter(service.processes(), cores.service(), cores.load());
    var outcome =
        scenario.load().run(ask(scenario, service), new Window(plan.settle(), plan.block(), meter));
    var reading = meter.reading();
    var block = new Block(
        round,
        scenario.name(),
        service.name(),
        half,
        outcome.units(),
        outcome.failures(),
        outcome.perSecond(),
        outcome.units() == 0 ? 0 : (double) reading.cpuMicros() / outcome.units(),
        reading.serviceBusy(),
        reading.loadBusy(),
        reading.steal(),
        reading.foreign(),
        Percentiles.of(outcome.latency()),
        Percentiles.of(outcome.firstByte()),
        VoidRules.unsaturated(scenario, reading),
        VoidRules.broken(scenario, outcome, reading, plan.neighbours()));
    blocks.add(block);
    progress.accept(line(block));
  }

  private static dev.weir.bench.load.Destination ask(Scenario scenario, RunningService service) {
    return service.ask(scenario.model(), scenario.promptBytes(), scenario.answer());
  }

  private static String line(Block block) {
    return String.format(
        java.util.Locale.ROOT,
        "  round %d %-10s %-10s %9.0f/s %7.1f cpu-us  p50 %6.0f p99 %7.0f us  cores %3.0f %3.0f %% %s",
        block.round(),
        block.scenario(),
        block.service(),
        block.perSecond(),
        block.cpuMicrosPerUnit(),
        block.latency().p50(),
        block.latency().p99(),
        block.serviceBusy() * 100,
        block.loadBusy() * 100,
        block.counts() ? "" : "VOID: " + String.join("; ", block.voidBecause()));
  }
}
