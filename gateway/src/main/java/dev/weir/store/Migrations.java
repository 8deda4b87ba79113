package dev.weir.store;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Brings a database to this build's schema. Several instances may do so at once: one works, the others wait. */
public final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing.
   *
   * @return how many migrations were applied
   * @throws StoreFailure when the server cannot be reached, or its schema is newer than this build
   */
  public static int migrate(Database database) {
    try {
      var flyway = flyway(database.url());
      refuseNewer(flyway);
      InterruptedMigration.forgetFailed(flyway, database.url());
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayException failure) {
      throw explained(database, failure);
    }
  }

  /**
   * Checks that a database has exactly this build's schema, and changes nothing.
   *
   * @throws StoreFailure when it has not, or cannot be reached
   */
  public static void requireCurrent(Database database) {
    try {
      var flyway = flyway(database.url());
      refuseNewer(flyway);
      if (flyway.info().pending().length > 0) {
        throw new StoreFailure("the schema of " + database.url()
            + " is not this build's yet.\nBring it up to date: ./weir migrate");
      }
    } catch (FlywayException failure) {
      throw explained(database, failure);
    }
  }

  // not by the pool: it would keep trying a server that is not there, and Flyway behind it
  private static Flyway flyway(DatabaseUrl url) {
    var configuration = Flyway.configure()
        .dataSource(url.jdbc(), url.user(), url.password())
        .locations("classpath:db/migration")
        .table("schema_history")
        .callbacks(new InterruptedMigration())
        .connectRetries(0)
        .lockRetryCount(600);
    var postgres =
        configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class);
    if (postgres != null) {
      // a transactional lock would make CREATE INDEX CONCURRENTLY wait for itself
      postgres.setTransactionalLock(false);
    }
    return configuration.load();
  }

  private static void refuseNewer(Flyway flyway) {
    for (var migration : flyway.info().all()) {
      if (migration.getState() == MigrationState.FUTURE_SUCCESS
          || migration.getState() == MigrationState.FUTURE_FAILED) {
        throw new StoreFailure("the database has schema version " + migration.getVersion()
            + ", which is newer than this Weir knows.\nStart the newer Weir, or restore a backup.");
      }
    }
  }

  private static StoreFailure explained(Database database, FlywayException failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return unreachable(sql)
            ? new StoreFailure.Unreachable(reason(database, sql), failure)
            : new StoreFailure(reason(database, sql), failure);
      }
      cause = cause.getCause();
    }
    return new StoreFailure(
        "the database could not be brought up to date: " + failure.getMessage(), failure);
  }

  // connection exceptions, and a server that starts or stops
  private static boolean unreachable(SQLException sql) {
    var state = String.valueOf(sql.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  private static String reason(Database database, SQLException sql) {
    var state = String.valueOf(sql.getSQLState());
    var where = database.url().toString();
    if (unreachable(sql)) {
      return "no PostgreSQL answers at " + where + ".\nIs it running, and the address right?";
    }
    if (state.startsWith("28")) {
      return "PostgreSQL at " + where
          + " refuses this user or password.\nSpecial characters in the URL must be percent-encoded.";
    }
    if (state.equals("3D000")) {
      return "PostgreSQL at " + where + " has no such database.\nCreate it: createdb "
          + database.url().database();
    }
    return "the schema of " + where + " could not be brought up to date: " + sql.getMessage();
  }
}
