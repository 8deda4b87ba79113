package dev.weir.store;

import dev.weir.protocol.json.JsonWriter;
import dev.weir.usage.UsageRecord;
import dev.weir.usage.UsageSink;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was used, and its sums, in one statement a batch. Safe for many threads; on the admin plane's pool. */
public final class UsageStore implements UsageSink {
  private static final Logger LOG = LoggerFactory.getLogger(UsageStore.class);

  // sums are locked in one order, so that instances that write at once wait for each other and do
  // not meet
  private static final String WRITE = """
      WITH given AS (
        SELECT * FROM jsonb_to_recordset(?::jsonb) AS r(
          attempt_id uuid, at timestamptz, request_id text, route text, tenant_id text,
          department_id text, team_id text, api_key_id text, provider text, model text,
          tokens_in bigint, tokens_out bigint, tokens_cached bigint, tokens_reasoning bigint,
          estimated boolean, cost_nanos bigint, price_from timestamptz, outcome text,
          took_us bigint, total_us bigint)
      ), fresh AS (
        INSERT INTO usage_records (
          attempt_id, at, request_id, route, tenant_id, department_id, team_id, api_key_id,
          provider, model, tokens_in, tokens_out, tokens_cached, tokens_reasoning, estimated,
          cost_nanos, price_from, outcome, took_us, total_us)
        SELECT * FROM given
        ON CONFLICT (attempt_id) DO NOTHING
        RETURNING *
      )
      INSERT INTO usage_daily AS d
      SELECT (at AT TIME ZONE 'UTC')::date, tenant_id, coalesce(department_id, ''),
             coalesce(team_id, ''), api_key_id, provider, model, count(*),
             count(*) FILTER (WHERE outcome <> 'success'), count(*) FILTER (WHERE estimated),
             count(*) FILTER (WHERE cost_nanos IS NULL), sum(tokens_in), sum(tokens_out),
             sum(tokens_cached), sum(tokens_reasoning), coalesce(sum(cost_nanos), 0)
        FROM fresh
       GROUP BY 1, 2, 3, 4, 5, 6, 7
       ORDER BY 2, 1, 3, 4, 5, 6, 7
      ON CONFLICT (tenant_id, day, department_id, team_id, api_key_id, provider, model) DO UPDATE
         SET attempts = d.attempts + excluded.attempts,
             failed = d.failed + excluded.failed,
             estimated = d.estimated + excluded.estimated,
             unpriced = d.unpriced + excluded.unpriced,
             tokens_in = d.tokens_in + excluded.tokens_in,
             tokens_out = d.tokens_out + excluded.tokens_out,
             tokens_cached = d.tokens_cached + excluded.tokens_cached,
             tokens_reasoning = d.tokens_reasoning + excluded.tokens_reasoning,
             cost_nanos = d.cost_nanos + excluded.cost_nanos
      """;

  private final Jdbi jdbi;

  public UsageStore(Database database) {
    this.jdbi = Jdbi.create(database.admin());
  }

  @Override
  public void write(List<UsageRecord> records) {
    try {
      jdbi.useTransaction(handle -> handle.execute(WRITE, json(records)));
    } catch (JdbiException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql && neverTaken(String.valueOf(sql.getSQLState()))) {
          throw new Refused(sql);
        }
      }
      LOG.debug("usage cannot be written", failure);
      throw new Unavailable(failure);
    }
  }

  // data exceptions and broken rules: the same again would be refused again
  private static boolean neverTaken(String state) {
    return state.startsWith("22") || state.startsWith("23");
  }

  private static String json(List<UsageRecord> records) {
    var json = new JsonWriter().array();
    records.forEach(one -> write(one, json));
    return new String(json.endArray().bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static void write(UsageRecord one, JsonWriter json) {
    var caller = one.caller();
    var tokens = one.tokens();
    json.object()
        .name("attempt_id")
        .value(one.attemptId().toString())
        .name("at")
        .value(one.at().toString())
        .name("request_id")
        .value(one.requestId())
        .name("route")
        .value(one.route())
        .name("tenant_id")
        .value(caller.tenantId());
    optional(json, "department_id", caller.departmentId());
    optional(json, "team_id", caller.teamId());
    json.name("api_key_id")
        .value(caller.keyId())
        .name("provider")
        .value(one.provider())
        .name("model")
        .value(one.model())
        .name("tokens_in")
        .value(tokens.input())
        .name("tokens_out")
        .value(tokens.output())
        .name("tokens_cached")
        .value(tokens.cached())
        .name("tokens_reasoning")
        .value(tokens.reasoning())
        .name("estimated")
        .value(tokens.origin() == UsageRecord.Origin.ESTIMATED);
    one.charge().ifPresent(charge -> json.name("cost_nanos").value(charge.nanos()));
    optional(
        json,
        "price_from",
        one.charge().flatMap(UsageRecord.Charge::priceFrom).map(String::valueOf));
    json.name("outcome")
        .value(one.outcome())
        .name("took_us")
        .value(one.tookNanos() / 1000)
        .name("total_us")
        .value(one.totalNanos() / 1000)
        .endObject();
  }

  private static void optional(JsonWriter json, String name, Optional<String> value) {
    value.ifPresent(text -> json.name(name).value(text));
  }
}
