package dev.weir.bench.original;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How many statements PostgreSQL ran for a gateway, by its own count (pg_stat_statements); the change feed's look once a
 * second and this class's own are left out. Used by one thread.
 */
final class StatementCount implements AutoCloseable {
  private static final String PASSWORD = "WEIR_POSTGRES_PASSWORD=";
  private static final int PORT_LINE = 3;

  private final Connection connection;

  private StatementCount(Connection connection) {
    this.connection = connection;
  }

  /** Has the embedded server of a data folder load the extension at its next start. */
  static void prepare(Path data) throws IOException {
    Files.writeString(
        data.resolve("postgres/data/postgresql.conf"),
        "\nshared_preload_libraries = 'pg_stat_statements'\n",
        StandardOpenOption.APPEND);
  }

  /** Connects to the running embedded server of a data folder. */
  static StatementCount of(Path data) throws IOException, SQLException {
    var port = Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).get(PORT_LINE);
    var password = Files.readAllLines(data.resolve("secrets.env")).stream()
        .filter(line -> line.startsWith(PASSWORD))
        .findFirst()
        .orElseThrow()
        .substring(PASSWORD.length());
    var connection = DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port.strip() + "/ai_gateway", "postgres", password);
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    }
    return new StatementCount(connection);
  }

  long now() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("""
            SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s
              JOIN pg_database d ON d.oid = s.dbid
             WHERE d.datname = current_database()
               AND query NOT LIKE '%config_changes%' AND query NOT LIKE '%pg_stat_statements%'
               AND query NOT LIKE 'SET %'
            """)) {
      var _ = rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
