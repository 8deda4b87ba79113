package dev.weir.store;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failed statement is to the client; the server's own words go to the log. Stateless.
 *
 * <p>Source: PostgreSQL manual, appendix A, "Error codes" (read 2026-11-24).
 */
final class SqlRefusal {
  private static final Logger LOG = LoggerFactory.getLogger(SqlRefusal.class);
  private static final Pattern CONSTRAINT = Pattern.compile("constraint \"(\\w+)\"");
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private SqlRefusal() {}

  /** Whether the same transaction may succeed when it is run again: serialization failure, deadlock. */
  static boolean again(SQLException failure) {
    var state = state(failure);
    return state.equals("40001") || state.equals("40P01");
  }

  static GatewayException of(SQLException failure) {
    var state = state(failure);
    return switch (state) {
      case "23505" ->
        GatewayException.of(
                ErrorCode.CONFLICT,
                "There is another of this name, or it was made at the same time.")
            .detail(constraint(failure));
      case "23503" ->
        GatewayException.of(ErrorCode.NOT_FOUND, "What this names does not exist.")
            .detail(constraint(failure));
      case "23514", "22001", "22P05", "22021", "22P02", "22007", "22008", "22003" ->
        GatewayException.of(
                ErrorCode.INVALID_VALUE, "A value holds what cannot be stored. See /openapi.json.")
            .detail(constraint(failure));
      default -> unavailable(state, failure);
    };
  }

  private static GatewayException unavailable(String state, SQLException failure) {
    var known = failure instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57")
        || state.startsWith("53")
        || state.startsWith("40")
        || state.equals("55P03")
        || state.equals("25006");
    if (!known) {
      LOG.error("a statement of the admin plane failed: {} {}", state, failure.getMessage());
      return GatewayException.of(
              ErrorCode.INTERNAL_ERROR, "The gateway failed. Quote the request id.")
          .detail(state);
    }
    LOG.warn("the admin plane cannot use the database ({}): {}", state, cure(state));
    return GatewayException.of(
            ErrorCode.DATABASE_UNAVAILABLE,
            state.equals("25006")
                ? "The database is read-only at the moment: nothing can be changed."
                : "The database cannot answer at the moment. Look whether the change was made, then"
                    + " try again.")
        .retryAfter(RETRY_AFTER)
        .detail(state + " " + failure.getMessage());
  }

  private static String cure(String state) {
    return switch (state) {
      case "25006" ->
        "it is read-only. Is it a standby? Point database.url at the primary; or was"
            + " default_transaction_read_only set? Then: ALTER DATABASE … RESET default_transaction_read_only";
      case "53100" -> "its disk is full. Free space on the server";
      case "53300" ->
        "it has no connection left. Raise max_connections, or lower database.pool_max";
      case "55P03" ->
        "another change holds a lock. Look at pg_stat_activity for a long transaction";
      default -> "is PostgreSQL running, and reachable from here?";
    };
  }

  private static String state(SQLException failure) {
    var state = failure.getSQLState();
    return state == null ? "" : state;
  }

  // the name only: the server's message quotes values
  private static String constraint(SQLException failure) {
    var name = CONSTRAINT.matcher(String.valueOf(failure.getMessage()));
    return state(failure) + (name.find() ? " " + name.group(1) : "");
  }
}
