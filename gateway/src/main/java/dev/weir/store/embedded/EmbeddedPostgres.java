package dev.weir.store.embedded;

import dev.weir.store.DatabaseUrl;
import dev.weir.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A durable PostgreSQL in a folder: fsync on, loopback only, a password of its own. Owned by one process, which must hold
 * a lock on the folder; used by one thread.
 *
 * <p>A server that a killed process left behind is found by its pid file and stopped cleanly before the start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The major version of the programs; a data folder belongs to one. */
  static final String MAJOR = "18";

  private static final String DATABASE = "ai_gateway";

  private final DatabaseUrl url;
  private final Cluster cluster;

  private EmbeddedPostgres(DatabaseUrl url, Cluster cluster) {
    this.url = url;
    this.cluster = cluster;
  }

  /** Whether a folder holds data of an earlier start. */
  public static boolean hasData(Path folder) {
    return Files.exists(folder.resolve("data/PG_VERSION"));
  }

  /**
   * Starts the server of this folder, creating it at the first time.
   *
   * @param folder holds programs and data; made when absent
   * @param password of the superuser; the one the data was made with
   * @param progress is told, in words, what takes longer than a moment
   * @throws StoreFailure saying what is wrong and what to do; no server runs then
   */
  public static EmbeddedPostgres start(Path folder, String password, Consumer<String> progress) {
    var absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      checkVersion(absolute.resolve("data"));
      var unpacked = PostgresBinaries.unpack(absolute, progress);
      var cluster = new Cluster(absolute, PostgresPrograms.in(unpacked));
      if (!hasData(absolute)) {
        progress.accept("making the database, this first time only");
        cluster.make(password);
      }
      if (cluster.isRunning()) {
        progress.accept("stopping the PostgreSQL that a killed Weir left behind");
        cluster.stop();
      }
      var url = new DatabaseUrl("127.0.0.1", cluster.start(), DATABASE, "postgres", password, "");
      var server = new EmbeddedPostgres(url, cluster);
      server.createDatabase(absolute);
      return server;
    } catch (IOException failure) {
      throw new StoreFailure(
          "the embedded PostgreSQL in " + absolute + " cannot be used: " + failure.getMessage()
              + "\nIts own log may say more: " + absolute.resolve("postgres.log"),
          failure);
    }
  }

  private static void checkVersion(Path data) throws IOException {
    var file = data.resolve("PG_VERSION");
    if (!Files.exists(file)) {
      return;
    }
    var version = Files.readString(file).strip();
    if (!version.equals(MAJOR)) {
      throw new StoreFailure("the data in " + data + " is of PostgreSQL " + version + ", this Weir"
          + " brings " + MAJOR
          + ".\nTake another folder (--data-dir DIR), or move the data: dump it"
          + " with the Weir that wrote it (pg_dump), and restore it into a new folder.");
    }
  }

  private void createDatabase(Path folder) {
    var server = "jdbc:postgresql://" + url.host() + ":" + url.port() + "/postgres";
    try (var connection = DriverManager.getConnection(server, url.user(), url.password());
        var statement = connection.createStatement();
        var found = statement.executeQuery(
            "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException failure) {
      close();
      var state = String.valueOf(failure.getSQLState());
      throw new StoreFailure(
          state.startsWith("28")
              ? "the embedded PostgreSQL in " + folder + " was made with another password.\n"
                  + "Restore the secrets.env of this data folder, or take another folder:"
                  + " --data-dir DIR"
              : "the embedded PostgreSQL in " + folder + " does not answer: "
                  + failure.getMessage(),
          failure);
    }
  }

  public DatabaseUrl url() {
    return url;
  }

  /** Stops the server cleanly; open connections are closed. Again: no effect. */
  @Override
  public void close() {
    try {
      cluster.stop();
    } catch (IOException failure) {
      throw new StoreFailure("PostgreSQL did not stop: " + failure.getMessage(), failure);
    }
  }
}
