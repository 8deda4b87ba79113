package dev.weir.it;

import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** A PostgreSQL of a test's own, which can be frozen: it keeps its connections, and says nothing. */
public final class OwnPostgres implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final ProcessHandle postmaster;

  public OwnPostgres() {
    try {
      server = EmbeddedPostgres.builder().start();
      try (var connection = server.getPostgresDatabase().getConnection();
          var rows = connection.createStatement().executeQuery("SHOW data_directory")) {
        rows.next();
        var pid =
            Files.readAllLines(Path.of(rows.getString(1), "postmaster.pid")).getFirst();
        postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    try (var database = Database.open(url(), Database.Settings.DEFAULT, Optional.empty())) {
      Migrations.migrate(database);
    }
  }

  public DatabaseUrl url() {
    return new DatabaseUrl("127.0.0.1", server.getPort(), "postgres", "postgres", "", "");
  }

  /** Runs statements as the superuser. */
  public void execute(String sql) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Stops all of its processes where they stand. */
  public void freeze() {
    signal("STOP", postmaster);
    postmaster.descendants().forEach(process -> signal("STOP", process));
  }

  public void thaw() {
    postmaster.descendants().forEach(process -> signal("CONT", process));
    signal("CONT", postmaster);
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      // one that has just ended needs no signal
      var _ = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .start()
          .waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thaw();
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
