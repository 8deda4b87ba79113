package dev.weir.it;

import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for tests: one server a JVM, a fresh database a call. */
public final class TestPostgres {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        var server = EmbeddedPostgres.builder()
            .setServerConfig("shared_preload_libraries", "pg_stat_statements")
            .start();
        execute(server, "postgres", "CREATE DATABASE weir_template");
        try (var database = Database.open(
            url(server, "weir_template"), Database.Settings.DEFAULT, Optional.empty())) {
          Migrations.migrate(database);
        }
        return server;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** A database with the schema, and nothing in it. */
  public static DatabaseUrl migrated() {
    return create(" TEMPLATE weir_template");
  }

  /** A database without any table. */
  public static DatabaseUrl empty() {
    return create("");
  }

  /** Runs a statement as the superuser. */
  public static void execute(DatabaseUrl url, String sql) {
    execute(Server.RUNNING, url.database(), sql);
  }

  /** The first column of a query's rows, as text. */
  public static List<String> query(DatabaseUrl url, String sql) {
    try (var connection = Server.RUNNING.getDatabase("postgres", url.database()).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Begins to count the statements of this database, by the server's own count. */
  public static void countStatements(DatabaseUrl url) {
    execute(url, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  }

  /** How many statements the server ran for this database, those of the change feed left out. */
  public static long statements(DatabaseUrl url) {
    return Long.parseLong(query(url, """
        SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s
          JOIN pg_database d ON d.oid = s.dbid
         WHERE d.datname = current_database()
           AND query NOT LIKE '%config_changes%' AND query NOT LIKE '%pg_stat_statements%'
           AND query NOT LIKE 'SET %'
        """).getFirst());
  }

  private static DatabaseUrl create(String template) {
    var name = "test_" + COUNT.incrementAndGet();
    execute(Server.RUNNING, "postgres", "CREATE DATABASE " + name + template);
    return url(Server.RUNNING, name);
  }

  private static DatabaseUrl url(EmbeddedPostgres server, String database) {
    return new DatabaseUrl("localhost", server.getPort(), database, "postgres", "", "");
  }

  private static void execute(EmbeddedPostgres server, String database, String sql) {
    try (var connection = server.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
