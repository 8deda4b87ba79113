package dev.weir.store;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs work in transactions of the admin plane's pool, again where the server asks for it, and turns what fails into failures
 * that a client may read. Safe for many threads.
 */
public final class Transactions {
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_MS = 10;

  private final Jdbi jdbi;

  public Transactions(Database database) {
    this.jdbi = Jdbi.create(database.admin());
  }

  /**
   * Runs work that may be run again: nothing but its statements counts, and of those only the last run's.
   *
   * @throws dev.weir.protocol.GatewayException CONFLICT, INVALID_VALUE or DATABASE_UNAVAILABLE
   */
  <T> T run(Function<Handle, T> work) {
    for (var left = TRIES; ; left--) {
      try {
        return jdbi.inTransaction(work::apply);
      } catch (JdbiException failure) {
        var cause = cause(failure);
        if (left == 1 || !SqlRefusal.again(cause)) {
          throw SqlRefusal.of(cause);
        }
        pause(FIRST_PAUSE_MS << (TRIES - left));
      }
    }
  }

  private static SQLException cause(JdbiException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    throw failure;
  }

  // those that met must not meet again
  private static void pause(long millis) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(millis, 2 * millis));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
