package dev.weir.bench;

import dev.weir.bench.host.Cores;
import dev.weir.bench.host.Pinned;
import dev.weir.bench.host.ProcFiles;
import dev.weir.bench.micro.Micro;
import dev.weir.bench.mock.MockUpstream;
import dev.weir.bench.original.OriginalFindings;
import dev.weir.bench.original.OriginalReport;
import dev.weir.bench.original.OriginalTable;
import dev.weir.bench.report.ResultFiles;
import dev.weir.bench.report.Results;
import dev.weir.bench.report.Summary;
import dev.weir.bench.report.Table;
import dev.weir.bench.run.Comparison;
import dev.weir.bench.run.Findings;
import dev.weir.bench.run.Plan;
import dev.weir.bench.service.Workshop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./weir bench}: measures Weir beside plain proxies on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Weir beside plain proxies on this machine: ratios, JSON, a picture.")
public final class BenchCommand implements Callable<Integer> {
  @Mixin
  private BenchOptions options = new BenchOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  private final Clock clock;

  BenchCommand(Clock clock) {
    this.clock = clock;
  }

  public static void main(String[] args) {
    var command = new CommandLine(new BenchCommand(Clock.systemUTC()));
    command.setExecutionExceptionHandler((failure, line, _) -> {
      line.getErr().println("weir bench: " + failure.getMessage());
      return 1;
    });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    var out = spec.commandLine().getOut();
    if (options.list) {
      options.scenarioTable().forEach(out::println);
      return 0;
    }
    if (options.micro.isPresent()) {
      var table = Micro.run(options.micro.get());
      out.println(table);
      return 0;
    }
    if (!ProcFiles.present()) {
      out.println("weir bench: needs Linux: CPU time is read from /proc");
      return 1;
    }
    if (options.report() && !report(out)) {
      return 1;
    }
    return options.onlyReport() ? 0 : compare(out);
  }

  /** Services beside each other. */
  private int compare(PrintWriter out) throws IOException, InterruptedException {
    var plan = options.plan(out::println);
    var previous = Repository.at(options.home).latestCommitted(options.resultsFolder());
    var results = measure(plan, out);
    var written = ResultFiles.write(options.resultsFolder(), results);
    out.println();
    out.println(Table.of(results));
    if (previous.isPresent()) {
      out.println(Table.changes(ResultFiles.read(previous.get()), results));
    }
    out.println("written: " + written + " and its picture beside it");
    out.flush();
    return results.blocks().stream().allMatch(block -> block.failures() == 0) ? 0 : 1;
  }

  /** The original system's table; whether no request failed. */
  private boolean report(PrintWriter out) throws IOException, InterruptedException {
    var at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var found = withMock((workshop, mock) -> {
      var report =
          new OriginalReport(workshop, mock, options.tenants(), options.reportWarmUp(), line -> {
            out.println(line);
            out.flush();
          });
      var passages = report.run();
      return new OriginalFindings(
          at,
          Repository.at(options.home).commit(),
          MachineReport.read(),
          options.tenants(),
          report.keys(),
          passages);
    });
    var written =
        ResultFiles.write(options.resultsFolder().resolve("report"), at, found, found.picture());
    out.println();
    out.println(OriginalTable.of(found));
    out.println("written: " + written + " and its picture beside it");
    out.flush();
    return found.passages().stream().allMatch(passage -> passage.failures() == 0);
  }

  private Results measure(Plan plan, PrintWriter out) throws IOException, InterruptedException {
    var at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return withMock((workshop, mock) -> {
      var comparison = new Comparison(workshop, plan, line -> {
        out.println(line);
        out.flush();
      });
      return results(at, plan, comparison.run(mock));
    });
  }

  /** What is measured with the mock as upstream. */
  @FunctionalInterface
  private interface Measuring<T> {
    T by(Workshop workshop, Pinned mock) throws IOException, InterruptedException;
  }

  private <T> T withMock(Measuring<T> measuring) throws IOException, InterruptedException {
    var cores = options.cores();
    Pinned.self(cores.load());
    var scratch = Files.createTempDirectory("weir-bench");
    try (var mock = mock(scratch, cores)) {
      return measuring.by(
          new Workshop(options.home.toAbsolutePath(), scratch, mockPort, cores, Programs.path()),
          mock);
    } finally {
      delete(scratch);
    }
  }

  private int mockPort;

  private Pinned mock(Path scratch, Cores cores) throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      mockPort = probe.getLocalPort();
    }
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Pinned.start(
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            MockUpstream.class.getName(),
            String.valueOf(mockPort)),
        Map.of(),
        scratch,
        cores.load());
  }

  private Results results(String at, Plan plan, Findings findings) {
    var command = String.join(" ", spec.commandLine().getParseResult().originalArgs());
    return new Results(
        at,
        Repository.at(options.home).commit(),
        command,
        options.baseline,
        plan.neighbours(),
        MachineReport.read(),
        Summary.of(findings.blocks(), plan.scenarios(), options.baseline),
        findings.starts(),
        findings.idle(),
        findings.blocks());
  }

  /** As far as it can be: what a service still holds stays in the folder for temporary files. */
  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        var _ = path.toFile().delete();
      }
    }
  }
}
