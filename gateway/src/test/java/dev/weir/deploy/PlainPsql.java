package dev.weir.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * As much of psql as the manual's commands need, for machines that have none: {@code -U -d -c -f}, a statement at a time,
 * {@code \gexec} included. The server is named by PGHOST, PGPORT and PGPASSWORD.
 */
final class PlainPsql {
  private PlainPsql() {}

  public static void main(String[] args) throws Exception {
    var words = List.of(args);
    var url = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/"
        + after(words, "-d");
    try (var connection =
        DriverManager.getConnection(url, after(words, "-U"), System.getenv("PGPASSWORD"))) {
      if (words.contains("-c")) {
        rows(connection, after(words, "-c")).forEach(System.out::println);
        return;
      }
      var script = Files.readString(Path.of(after(words, "-f"))).replaceAll("(?m)^--.*\n", "");
      for (var statement : script.split(";|\\\\gexec\n", -1)) {
        if (statement.strip().startsWith("SELECT")) {
          for (var made : rows(connection, statement)) {
            execute(connection, made);
          }
        } else if (!statement.isBlank()) {
          execute(connection, statement);
        }
      }
    }
  }

  private static String after(List<String> words, String option) {
    return words.get(words.indexOf(option) + 1);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    var found = new java.util.ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        var row = new StringBuilder(String.valueOf(rows.getString(1)));
        for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(" | ").append(rows.getString(i));
        }
        found.add(row.toString());
      }
    }
    return found;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
