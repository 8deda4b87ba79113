package dev.weir.bench;

import dev.weir.bench.host.Cores;
import dev.weir.bench.run.Plan;
import dev.weir.bench.run.Scenario;
import dev.weir.bench.run.Scenarios;
import dev.weir.bench.service.KnownServices;
import dev.weir.bench.service.Peers;
import dev.weir.bench.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What can be chosen. Filled by the command line, then only read. */
final class BenchOptions {
  private static final List<String> USUAL =
      List.of("small", "8k", "128k", "rate-1000", "rate-2000", "sse-1", "sse-300", "ttft");

  /** HAProxy once more: its ratio to itself shows the error of a run. */
  private static final String TWIN = "haproxy-2";

  /** Weir with the guardrails of the built-in profile {@code baseline} on every request and answer. */
  private static final String GUARDED = "weir-guarded";

  private static final String REPORT = "report";

  private static final List<String> QUICK = List.of("small", "rate-1000", "sse-100");

  @Option(names = "--home", hidden = true, description = "the repository")
  Path home = Path.of(".");

  @Option(names = "--quick", description = "one short round of few scenarios, under two minutes")
  boolean quick;

  @Option(names = "--list", description = "name the scenarios and stop")
  boolean list;

  @Option(
      names = "--micro",
      arity = "0..1",
      fallbackValue = "",
      description = "the JMH benchmarks of the hot classes instead, those that match")
  Optional<String> micro = Optional.empty();

  @Option(names = "--scenarios", split = ",", description = "which, see --list")
  List<String> scenarios = List.of();

  @Option(
      names = "--services",
      split = ",",
      description = "which, in order (default haproxy,nginx,weir and the peers of the table)")
  List<String> services = List.of();

  @Option(names = "--baseline", description = "what others are multiples of (default haproxy)")
  String baseline = "haproxy";

  @Option(names = "--peers", description = "table of more services (JSON)")
  Optional<Path> peers = Optional.empty();

  @Option(
      names = "--weir",
      description = "another command that starts Weir, with {port} {admin-port} {upstream} {dir}")
  Optional<String> weir = Optional.empty();

  @Option(names = "--rounds", description = "starts of each service (default 3)")
  Optional<Integer> rounds = Optional.empty();

  @Option(names = "--block-seconds", description = "length of one measurement (default 4)")
  Optional<Integer> blockSeconds = Optional.empty();

  @Option(
      names = "--warm-up-seconds",
      description = "at most, after each start of a gateway (default 60)")
  Optional<Integer> warmUpSeconds = Optional.empty();

  @Option(
      names = "--tenants",
      description = "of the scenario report, each with ten keys (default 1000, quick 100)")
  Optional<Integer> tenants = Optional.empty();

  @Option(names = "--idle-streams", description = "held open for their memory (default 1000)")
  Optional<Integer> idleStreams = Optional.empty();

  @Option(
      names = "--noisy",
      description = "count blocks in spite of other programs; only CPU ratios mean something then")
  boolean noisy;

  @Option(names = "--service-cores", description = "for what is measured (default 0)")
  String serviceCores = "0";

  @Option(names = "--load-cores", description = "for everything else (default 1)")
  String loadCores = "1";

  @Option(names = "--own-generator", description = "saturate without wrk, also where it is")
  boolean ownGenerator;

  @Option(names = "--results", description = "folder of results (default benchmarks/results)")
  Optional<Path> results = Optional.empty();

  Path resultsFolder() {
    return results.orElse(home.resolve("benchmarks").resolve("results"));
  }

  Cores cores() {
    return new Cores(Cores.parse(serviceCores), Cores.parse(loadCores));
  }

  /** Whether the original system's table is asked for, which is not a comparison of services. */
  boolean report() {
    return scenarios.contains(REPORT);
  }

  boolean onlyReport() {
    return report() && scenarios.size() == 1;
  }

  int tenants() {
    return tenants.orElse(quick ? 100 : 1_000);
  }

  Duration reportWarmUp() {
    return Duration.ofSeconds(warmUpSeconds.orElse(quick ? 12 : 30));
  }

  /** What is asked for, less the proxies that are not installed: these are said. */
  Plan plan(Consumer<String> say) throws IOException {
    return new Plan(
        chosenServices(say),
        chosenScenarios(),
        rounds.orElse(quick ? 1 : 3),
        Duration.ofSeconds(blockSeconds.orElse(quick ? 2 : 4)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(warmUpSeconds.orElse(quick ? 24 : 60)),
        Duration.ofSeconds(quick ? 2 : 4),
        idleStreams.orElse(quick ? 0 : 1000),
        Duration.ofSeconds(2),
        noisy ? Plan.Neighbours.TOLERATED : Plan.Neighbours.REFUSED);
  }

  List<String> scenarioTable() {
    var all = Scenarios.all(generator()).stream()
        .map(one -> String.format("%-10s %s", one.name(), one.text()));
    return Stream.concat(
            all, Stream.of(String.format("%-10s %s", REPORT, "the original system's table")))
        .toList();
  }

  private Scenarios.Generator generator() {
    return !ownGenerator && Programs.find("wrk").isPresent()
        ? Scenarios.Generator.WRK
        : Scenarios.Generator.OWN;
  }

  private List<Scenario> chosenScenarios() {
    var all = Scenarios.all(generator());
    var wanted = !scenarios.isEmpty() ? scenarios : quick ? QUICK : USUAL;
    return wanted.stream()
        .filter(name -> !name.equals(REPORT))
        .map(name -> all.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no scenario " + name)))
        .toList();
  }

  private List<String> wanted(List<ServiceDefinition> known) {
    if (!services.isEmpty()) {
      return services;
    }
    return quick
        ? List.of("haproxy", "weir")
        : known.stream()
            .map(ServiceDefinition::name)
            .filter(name -> !name.equals(TWIN) && !name.equals(GUARDED))
            .toList();
  }

  private ServiceDefinition weir() {
    return weir.map(command -> KnownServices.weir(List.of(command.split(" ", -1))))
        .orElseGet(KnownServices::weir);
  }

  private List<ServiceDefinition> chosenServices(Consumer<String> say) throws IOException {
    var known = new ArrayList<>(List.of(
        KnownServices.haproxy(),
        KnownServices.haproxy().named(TWIN),
        KnownServices.nginx(),
        weir(),
        weir().named(GUARDED).with(Map.of("WEIR_GUARDRAILS_DEFAULT_PROFILE", "baseline"))));
    if (peers.isPresent()) {
      known.addAll(Peers.read(peers.get()));
    }
    var chosen = new ArrayList<ServiceDefinition>();
    for (var name : wanted(known)) {
      var definition = known.stream()
          .filter(one -> one.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no service " + name));
      if (definition.installed(Programs.path())) {
        chosen.add(definition);
      } else {
        say.accept("weir bench: without " + name + ": it is not installed ("
            + definition.installHint() + ")");
      }
    }
    return chosen;
  }
}
