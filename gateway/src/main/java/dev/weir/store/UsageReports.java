package dev.weir.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what was used: row by row, or summed. An admin of one tenant sees its own. Safe for many threads. */
public final class UsageReports {
  private static final JsonMapper JSON = new JsonMapper();

  /** What summaries may be grouped by, and the column of it. */
  private static final Map<String, String> GROUPS = Map.of(
      "tenant", "tenant_id",
      "department", "department_id",
      "team", "team_id",
      "key", "api_key_id",
      "provider", "provider",
      "model", "model",
      "day", "day");

  private static final Set<String> COLUMNS =
      Set.of("tenant_id", "department_id", "team_id", "api_key_id", "provider", "model", "outcome");

  private static final int MOST_GROUPS = 3;

  private final Transactions transactions;

  UsageReports(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * What is asked for.
   *
   * @param equal columns with the value they are to have
   * @param from not before; of summaries the day counts
   * @param to before; of summaries the whole day counts
   */
  public record Filter(Map<String, String> equal, Optional<Instant> from, Optional<Instant> to) {
    public Filter {
      equal = Map.copyOf(equal);
      if (!equal.keySet().stream().allMatch(COLUMNS::contains)) {
        throw new IllegalArgumentException("no such columns: " + equal.keySet());
      }
    }

    private Filter scoped(Actor actor) {
      if (actor.tenant().isEmpty()) {
        return this;
      }
      var own = new LinkedHashMap<>(equal);
      // another tenant's is asked for: there is nothing of that
      var asked = own.put("tenant_id", actor.tenant().get());
      if (asked != null && !asked.equals(actor.tenant().get())) {
        own.put("tenant_id", "");
      }
      return new Filter(own, from, to);
    }

    private String where(String time) {
      var sql = new StringBuilder("TRUE");
      equal.keySet().stream()
          .sorted()
          .forEach(column -> sql.append(" AND ").append(column).append(" = :").append(column));
      from.ifPresent(_ -> sql.append(" AND ").append(time).append(" >= :from"));
      to.ifPresent(
          _ -> sql.append(" AND ").append(time).append(time.equals("day") ? " <= :to" : " < :to"));
      return sql.toString();
    }
  }

  /** One page of rows, the newest first; {@code before} is the place that the page before ended at. */
  public Page<ObjectNode> rows(Actor actor, Filter asked, long before, int limit) {
    var filter = asked.scoped(actor);
    var found = transactions.run(handle -> {
      var query = handle
          .createQuery("SELECT * FROM usage_records WHERE seq < :before AND " + filter.where("at")
              + " ORDER BY seq DESC LIMIT :limit")
          .bind("before", before)
          .bind("limit", limit + 1);
      filter.from().ifPresent(at -> query.bind("from", at.atOffset(ZoneOffset.UTC)));
      filter.to().ifPresent(at -> query.bind("to", at.atOffset(ZoneOffset.UTC)));
      return bound(query, filter)
          .map((row, _) -> new Placed(row.getLong("seq"), row(row)))
          .list();
    });
    return found.size() <= limit
        ? new Page<>(found.stream().map(Placed::row).toList(), Optional.empty())
        : new Page<>(
            found.subList(0, limit).stream().map(Placed::row).toList(),
            Optional.of(Long.toString(found.get(limit - 1).seq())));
  }

  private record Placed(long seq, ObjectNode row) {}

  private static Query bound(Query query, Filter filter) {
    filter.equal().forEach(query::bind);
    return query;
  }

  private static ObjectNode row(ResultSet row) throws SQLException {
    var form = JSON.createObjectNode();
    for (var text : List.of(
        "attempt_id",
        "request_id",
        "route",
        "tenant_id",
        "department_id",
        "team_id",
        "api_key_id",
        "provider",
        "model",
        "outcome")) {
      form.put(text, row.getString(text));
    }
    for (var count : List.of("tokens_in", "tokens_out", "tokens_cached", "tokens_reasoning")) {
      form.put(count, row.getLong(count));
    }
    form.put("estimated", row.getBoolean("estimated"));
    var cost = row.getLong("cost_nanos");
    form.put("cost_nanos", row.wasNull() ? null : (Long) cost);
    var from = row.getObject("price_from", OffsetDateTime.class);
    form.put("price_from", from == null ? null : from.toInstant().toString());
    form.put("latency_ms", row.getLong("took_us") / 1000.0);
    form.put("total_ms", row.getLong("total_us") / 1000.0);
    form.put("at", row.getObject("at", OffsetDateTime.class).toInstant().toString());
    return form;
  }

  /** Whether sums can be made by these. */
  public static boolean canGroupBy(List<String> groups) {
    return groups.size() <= MOST_GROUPS
        && Set.copyOf(groups).size() == groups.size()
        && GROUPS.keySet().containsAll(groups);
  }

  /**
   * Sums by day's rows, the dearest first.
   *
   * @param groups which {@link #canGroupBy} takes
   */
  public List<ObjectNode> summary(Actor actor, Filter asked, List<String> groups, int limit) {
    var filter = asked.scoped(actor);
    var columns = String.join(", ", groups.stream().map(UsageReports::column).toList());
    return transactions.run(handle -> {
      var query = handle
          .createQuery("SELECT " + columns + ", sum(attempts) AS attempts, sum(failed) AS failed,"
              + " sum(estimated) AS estimated, sum(unpriced) AS unpriced, sum(tokens_in) AS tokens_in,"
              + " sum(tokens_out) AS tokens_out, sum(tokens_cached) AS tokens_cached,"
              + " sum(tokens_reasoning) AS tokens_reasoning, sum(cost_nanos) AS cost_nanos"
              + " FROM usage_daily WHERE " + filter.where("day") + " GROUP BY " + columns
              + " ORDER BY cost_nanos DESC, attempts DESC, " + columns + " LIMIT :limit")
          .bind("limit", limit);
      filter.from().ifPresent(at -> query.bind("from", day(at)));
      filter.to().ifPresent(at -> query.bind("to", day(at)));
      return bound(query, filter).map((row, _) -> sums(row, groups)).list();
    });
  }

  private static String column(String group) {
    return Objects.requireNonNull(GROUPS.get(group));
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static ObjectNode sums(ResultSet row, List<String> groups) throws SQLException {
    var form = JSON.createObjectNode();
    for (var group : groups) {
      var column = column(group);
      var value = row.getString(column);
      form.put(column, value.isEmpty() ? null : value);
    }
    for (var count : List.of(
        "attempts",
        "failed",
        "estimated",
        "unpriced",
        "tokens_in",
        "tokens_out",
        "tokens_cached",
        "tokens_reasoning",
        "cost_nanos")) {
      form.put(count, row.getLong(count));
    }
    return form;
  }
}
