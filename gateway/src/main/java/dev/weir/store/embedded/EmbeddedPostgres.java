package dev.weir.store.embedded;

import dev.weir.store.DatabaseUrl;
import dev.weir.store.StoreFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A durable PostgreSQL in a data folder: fsync on, loopback only, a password of its own. Owned by one process.
 *
 * <p>A server that a killed process left behind is found by its pid file and stopped cleanly before the start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The major version of the programs; a data folder belongs to one. */
  static final String MAJOR = "18";

  private static final String DATABASE = "ai_gateway";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Path programs;
  private final Path data;
  private final DatabaseUrl url;

  private EmbeddedPostgres(Path programs, Path data, DatabaseUrl url) {
    this.programs = programs;
    this.data = data;
    this.url = url;
  }

  /**
   * Starts the server of this folder, creating it at the first time.
   *
   * @param folder holds programs and data; made when absent
   * @param password of the superuser; the one the data was made with
   * @throws StoreFailure saying what is wrong and what to do
   */
  public static EmbeddedPostgres start(Path folder, String password) {
    try {
      Files.createDirectories(folder);
      var programs = PostgresBinaries.unpack(folder.resolve("programs-" + MAJOR));
      var data = folder.resolve("data");
      if (!Files.exists(data.resolve("PG_VERSION"))) {
        create(programs, data, password);
      }
      checkVersion(data);
      stopOrphan(programs, data);
      var port = freePort();
      run(
          START_LIMIT,
          command(
              programs,
              "pg_ctl",
              List.of(
                  "-D",
                  data.toString(),
                  "-w",
                  "-s",
                  "-t",
                  "30",
                  "-l",
                  folder.resolve("postgres.log").toString(),
                  "-o",
                  "-p " + port,
                  "start")));
      var url = new DatabaseUrl("127.0.0.1", port, DATABASE, "postgres", password, "");
      createDatabase(url);
      return new EmbeddedPostgres(programs, data, url);
    } catch (IOException failure) {
      throw new StoreFailure(
          "the embedded PostgreSQL in " + folder + " cannot be used: " + failure, failure);
    }
  }

  private static void create(Path programs, Path data, String password) throws IOException {
    var secret = Files.createTempFile(data.toAbsolutePath().getParent(), "pw", null);
    try {
      Files.setPosixFilePermissions(
          secret, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
      Files.writeString(secret, password + "\n");
      run(
          Duration.ofMinutes(2),
          command(
              programs,
              "initdb",
              List.of(
                  "-D",
                  data.toString(),
                  "-U",
                  "postgres",
                  "-E",
                  "UTF8",
                  "--locale=C.UTF-8",
                  "-A",
                  "scram-sha-256",
                  "--pwfile",
                  secret.toString())));
    } finally {
      Files.deleteIfExists(secret);
    }
    Files.writeString(data.resolve("postgresql.auto.conf"), """
        # written by weir up
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        max_connections = 100
        shared_buffers = '64MB'
        """, StandardCharsets.UTF_8);
  }

  private static void checkVersion(Path data) throws IOException {
    var version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR)) {
      throw new StoreFailure("the data in " + data + " is of PostgreSQL " + version + ", this Weir"
          + " brings " + MAJOR + ". Take another --data-dir, or move the data with pg_dump.");
    }
  }

  private static void stopOrphan(Path programs, Path data) throws IOException {
    if (!Files.exists(data.resolve("postmaster.pid"))) {
      return;
    }
    var status = new ProcessBuilder(
            command(programs, "pg_ctl", List.of("-D", data.toString(), "status")))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    if (await(status, START_LIMIT) == 0) {
      run(
          START_LIMIT,
          command(
              programs,
              "pg_ctl",
              List.of("-D", data.toString(), "-w", "-s", "-m", "fast", "stop")));
    }
  }

  private static void createDatabase(DatabaseUrl url) {
    var server = "jdbc:postgresql://" + url.host() + ":" + url.port() + "/postgres";
    try (var connection = DriverManager.getConnection(server, url.user(), url.password());
        var statement = connection.createStatement();
        var found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'ai_gateway'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE ai_gateway");
      }
    } catch (SQLException failure) {
      throw new StoreFailure(
          "the embedded PostgreSQL refuses its own password: is secrets.env the"
              + " one of this data folder?",
          failure);
    }
  }

  public DatabaseUrl url() {
    return url;
  }

  /** Stops the server cleanly; open connections are closed. */
  @Override
  public void close() {
    try {
      run(
          Duration.ofSeconds(60),
          command(
              programs,
              "pg_ctl",
              List.of("-D", data.toString(), "-w", "-s", "-m", "fast", "stop")));
    } catch (IOException failure) {
      throw new StoreFailure("PostgreSQL did not stop: " + failure, failure);
    }
  }

  // the server refuses to run as root; in a user namespace of its own it does not see that it would
  private static List<String> command(Path programs, String program, List<String> arguments) {
    var command = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(programs.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static void run(Duration limit, List<String> command) throws IOException {
    var output = Files.createTempFile("weir-postgres", ".out");
    try {
      var process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectOutput(output.toFile())
          .start();
      var code = await(process, limit);
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code + ": "
            + Files.readString(output).strip());
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static int await(Process process, Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("no end within " + limit);
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
