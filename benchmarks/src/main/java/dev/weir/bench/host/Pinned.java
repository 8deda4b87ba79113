package dev.weir.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A process bound to some cores by taskset (util-linux), and what it started itself: closing ends them all, politely first.
 */
public final class Pinned implements AutoCloseable {
  private static final Duration POLITE = Duration.ofSeconds(35);
  private static final int LAST_LINES = 8;

  private static final String MARK = "WEIR_BENCH_PROCESS";

  private final Process process;
  private final Path output;
  private final String mark;

  /** Ends the process when the harness is ended before it could close this. */
  private final Thread lastResort = new Thread(this::end, "end-of-process");

  private Pinned(Process process, Path output, String mark) {
    this.process = process;
    this.output = output;
    this.mark = mark;
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Starts it with its output in {@code output.log} of the folder. */
  public static Pinned start(
      List<String> command, Map<String, String> environment, Path dir, Set<Integer> cores)
      throws IOException {
    var words = new ArrayList<>(List.of("taskset", "-c", Cores.text(cores)));
    words.addAll(command);
    var output = dir.resolve("output.log");
    var builder = new ProcessBuilder(words)
        .directory(dir.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var mark = UUID.randomUUID().toString();
    builder.environment().put(MARK, mark);
    // taskset becomes the program: its process is the program's
    return new Pinned(builder.start(), output, MARK + "=" + mark);
  }

  /** Binds this process and all its threads, those to come too. */
  public static void self(Set<Integer> cores) throws IOException, InterruptedException {
    var pid = String.valueOf(ProcessHandle.current().pid());
    var taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", Cores.text(cores), pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    if (taskset.waitFor() != 0) {
      throw new IOException("taskset could not bind to cores " + Cores.text(cores));
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Its process and those that it started, also where they have gone their own way since. */
  public Set<Long> roots() {
    var roots = new LinkedHashSet<Long>(Set.of(pid()));
    roots.addAll(ProcFiles.withEnvironment(mark));
    return roots;
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** The end of what it printed. */
  public String lastLines() {
    try {
      var lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(no output)";
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      // it runs already, and finds nothing to do
    }
  }

  private void end() {
    var family = new LinkedHashSet<ProcessHandle>(process.descendants().toList());
    roots().forEach(root -> ProcessHandle.of(root).ifPresent(family::add));
    process.destroy();
    try {
      if (!process.waitFor(POLITE.toSeconds(), TimeUnit.SECONDS)) {
        family.addAll(process.descendants().toList());
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }
}
