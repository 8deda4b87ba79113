package dev.weir.store.embedded;

import dev.weir.store.StoreFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code initdb} and {@code pg_ctl}. Immutable. */
final class PostgresPrograms {
  private static final Duration MAKE_LIMIT = Duration.ofMinutes(3);
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 30;

  private final Path folder;
  private final List<String> prefix;

  private PostgresPrograms(Path folder, List<String> prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /**
   * The programs of an unpacked folder.
   *
   * @throws StoreFailure when this process is root's and cannot start them as anybody else
   */
  static PostgresPrograms in(Path folder) throws IOException {
    if (!isRoot()) {
      return new PostgresPrograms(folder, List.of());
    }
    // the server refuses to run as root; in a user namespace of its own it does not see that it
    // would
    var namespace = List.of("unshare", "-U");
    try {
      execute(Duration.ofSeconds(10), List.of("unshare", "-U", "true"));
    } catch (IOException refused) {
      throw new StoreFailure("""
          PostgreSQL does not run as root, and this system gives it no user namespace.
          Start Weir as another user,
          or with a server of yours: --database-url postgresql://user:password@host:5432/ai_gateway""", refused);
    }
    return new PostgresPrograms(folder, namespace);
  }

  private static boolean isRoot() throws IOException {
    var self = Path.of("/proc/self");
    return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
  }

  /** Makes a data folder that only this password opens. */
  void make(Path data, Path passwordFile) throws IOException {
    run(
        MAKE_LIMIT,
        "initdb",
        "--pgdata=" + data,
        "--username=postgres",
        "--auth=scram-sha-256",
        "--pwfile=" + passwordFile,
        "--encoding=UTF8",
        // the builtin provider sorts alike on every machine, whatever locales the system has
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
  }

  /** Starts the server, and waits until it answers. */
  void start(Path data, Path log, int port) throws IOException {
    control(
        "start",
        data,
        START_SECONDS,
        "--log=" + log,
        "--options=-c port=" + port + " -c listen_addresses=127.0.0.1");
  }

  /** Stops the server: open transactions are rolled back, everything else is written. */
  void stop(Path data) throws IOException {
    try {
      control("stop", data, STOP_SECONDS, "--mode=fast");
    } catch (IOException slow) {
      // the journal is safe in any case; the next start replays it
      control("stop", data, STOP_SECONDS, "--mode=immediate");
    }
  }

  private void control(String action, Path data, int seconds, String... options)
      throws IOException {
    var arguments =
        new ArrayList<>(List.of("--pgdata=" + data, "--wait", "--silent", "--timeout=" + seconds));
    arguments.addAll(List.of(options));
    arguments.add(action);
    run(Duration.ofSeconds(seconds + 5L), "pg_ctl", arguments.toArray(String[]::new));
  }

  private void run(Duration limit, String program, String... arguments) throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    execute(limit, command);
  }

  private static void execute(Duration limit, List<String> command) throws IOException {
    // a file and not a pipe: the server inherits it, and a pipe would stay open as long as the
    // server runs
    var output = Files.createTempFile("weir-postgres", ".out");
    try {
      var process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(new File("/dev/null"))
          .redirectOutput(output.toFile())
          .start();
      var code = await(process, limit);
      if (code != 0) {
        throw new IOException(program(command) + " ended with " + code + ": "
            + Files.readString(output).strip());
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String program(List<String> command) {
    return String.join(" ", command.subList(0, Math.min(3, command.size())));
  }

  private static int await(Process process, Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("it did not end within " + limit.toSeconds() + " s");
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
