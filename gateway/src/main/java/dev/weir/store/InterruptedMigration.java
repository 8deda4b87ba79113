package dev.weir.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Clears away what a migration left that was killed: the note that it failed, and indexes that were not built to their end,
 * which {@code CREATE INDEX IF NOT EXISTS} would take for whole. Stateless.
 */
final class InterruptedMigration extends BaseCallback {
  private static final long PAUSE_MS = 200;
  private static final int MOST_PAUSES = 3000;

  // a build may still go on: the server finishes the statement of a client that was killed
  private static final String UNFINISHED = """
      SELECT c.relname, EXISTS (SELECT 1 FROM pg_stat_progress_create_index p
                                 WHERE p.index_relid = c.oid) AS building
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       WHERE NOT i.indisvalid AND c.relname LIKE 'idx\\_%'
         AND c.relnamespace = current_schema()::regnamespace
      """;

  /** Has migrations that failed be tried again: those that can fail half-way may be run again. */
  static void forgetFailed(Flyway flyway, DatabaseUrl url) {
    for (var migration : flyway.info().all()) {
      if (migration.getState() == MigrationState.FAILED) {
        try (var connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
            var statement = connection.createStatement()) {
          statement.execute("DELETE FROM schema_history WHERE NOT success");
          return;
        } catch (SQLException failure) {
          throw new FlywayException("the failed migration cannot be tried again", failure);
        }
      }
    }
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      for (var index : unfinished(context.getConnection())) {
        try (var statement = context.getConnection().createStatement()) {
          statement.execute("DROP INDEX IF EXISTS " + index);
        }
      }
    } catch (SQLException failure) {
      throw new FlywayException("an index that was not built to its end is in the way", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FlywayException("stopped", stopped);
    }
  }

  private static List<String> unfinished(Connection connection)
      throws SQLException, InterruptedException {
    for (var pauses = 0; ; pauses++) {
      var names = new ArrayList<String>();
      var building = false;
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(UNFINISHED)) {
        while (rows.next()) {
          names.add(rows.getString("relname"));
          building |= rows.getBoolean("building");
        }
      }
      if (!building || pauses == MOST_PAUSES) {
        return names;
      }
      Thread.sleep(PAUSE_MS);
    }
  }
}
