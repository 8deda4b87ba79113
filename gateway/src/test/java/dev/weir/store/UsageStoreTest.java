package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.ClusterNode;
import dev.weir.it.TestPostgres;
import dev.weir.usage.UsageRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageStoreTest {
  private static final Actor OWNER = Actor.file("test");
  private static final UsageReports.Filter ALL =
      new UsageReports.Filter(Map.of(), Optional.empty(), Optional.empty());

  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  private final UsageStore store = new UsageStore(database);
  private final UsageReports reports =
      new Stores(database, ClusterNode.HASHER, ClusterNode.ENCRYPTION, Clock.systemUTC()).usage();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_batch_that_is_written_again_changes_nothing_and_an_unknown_cost_is_not_zero() {
    var batch = List.of(
        record("k1", Optional.of(new UsageRecord.Charge(1234, Optional.of(Instant.EPOCH)))),
        record("k1", Optional.empty()),
        record("k2", Optional.of(new UsageRecord.Charge(1, Optional.of(Instant.EPOCH)))));
    store.write(batch);
    store.write(batch);
    var sums = reports.summary(OWNER, ALL, List.of("key"), 10);
    assertThat(sums).hasSize(2);
    assertThat(sums.getFirst().get("api_key_id").asString()).isEqualTo("k1");
    assertThat(sums.getFirst().get("attempts").asLong()).isEqualTo(2);
    assertThat(sums.getFirst().get("unpriced").asLong()).isEqualTo(1);
    assertThat(sums.getFirst().get("cost_nanos").asLong()).isEqualTo(1234);
    var rows = reports.rows(OWNER, ALL, Long.MAX_VALUE, 10).entries();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1).get("cost_nanos").isNull()).isTrue();
  }

  @Test
  void several_instances_write_at_once_and_the_sums_are_those_of_the_rows() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (var writer = 0; writer < 4; writer++) {
        all.add(threads.submit(() -> {
          for (var i = 0; i < 20; i++) {
            var batch = new ArrayList<UsageRecord>();
            for (var key = 20; key > 0; key--) {
              batch.add(record("k" + key * 7 % 20, Optional.empty()));
            }
            store.write(batch);
          }
        }));
      }
      for (var one : all) {
        one.get();
      }
    }
    assertThat(TestPostgres.query(url, "SELECT count(*) FROM usage_records"))
        .isEqualTo(TestPostgres.query(url, "SELECT sum(attempts) FROM usage_daily"))
        .containsExactly("1600");
  }

  @Test
  void p14_sums_and_rows_come_at_once_from_what_many_rows_leave() {
    // ten million rows of 500 keys, 20 models and 30 days leave 300,000 sums
    TestPostgres.execute(
        url,
        """
        INSERT INTO usage_daily
          SELECT date '2026-11-01' + d, 'ten' || k % 50, '', '', 'k' || k, 'p', 'm' || m, 33, 1, 0, 0,
                 1000, 200, 0, 0, 5000
            FROM generate_series(0, 29) d, generate_series(1, 500) k, generate_series(1, 20) m;
        INSERT INTO usage_records
          SELECT gen_random_uuid(), now(), 'r', '/v1/x', CASE WHEN i < 20 THEN 'rare' ELSE 'ten' || i % 50 END, NULL, NULL,
                 CASE WHEN i < 20 THEN 'rare' ELSE 'k' || i % 500 END, 'p', 'm', 1, 1, 0, 0, false, 1, NULL, 'success', 1, 1
            FROM generate_series(1, 50000) i""".replace(
                    "INSERT INTO usage_records",
                    "INSERT INTO usage_records (attempt_id, at, request_id, route, tenant_id, department_id,"
                        + " team_id, api_key_id, provider, model, tokens_in, tokens_out, tokens_cached,"
                        + " tokens_reasoning, estimated, cost_nanos, price_from, outcome, took_us, total_us)")
            + "; ANALYZE usage_daily; ANALYZE usage_records");
    for (var group : List.of("tenant", "key", "model", "day")) {
      var start = System.nanoTime();
      assertThat(reports.summary(OWNER, ALL, List.of(group), 50)).isNotEmpty();
      var took = Duration.ofNanos(System.nanoTime() - start);
      System.out.println("summary by " + group + " of 300,000 sums: " + took.toMillis() + " ms");
      assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(plan("SELECT * FROM usage_records WHERE seq < 9999999 AND tenant_id = 'rare'"
            + " ORDER BY seq DESC LIMIT 51"))
        .contains("usage_records_tenant");
    assertThat(plan("SELECT * FROM usage_records WHERE seq < 9999999 AND api_key_id = 'rare'"
            + " ORDER BY seq DESC LIMIT 51"))
        .contains("usage_records_key");
    assertThat(plan("SELECT * FROM usage_records WHERE seq < 9999999 ORDER BY seq DESC LIMIT 51"))
        .contains("usage_records_seq");
    assertThat(plan("SELECT sum(attempts) FROM usage_daily WHERE tenant_id = 'ten7' AND day >="
            + " '2026-11-20'"))
        .contains("usage_daily_pkey");
  }

  private String plan(String sql) {
    return String.join("\n", TestPostgres.query(url, "EXPLAIN " + sql));
  }

  private static UsageRecord record(String key, Optional<UsageRecord.Charge> charge) {
    return new UsageRecord(
        UUID.randomUUID(),
        Instant.parse("2026-11-24T23:59:59Z"),
        "r",
        "/v1/chat/completions",
        new UsageRecord.Caller("ten", Optional.of("dep"), Optional.empty(), key),
        "p",
        "m",
        new UsageRecord.Tokens(10, 5, 0, 0, UsageRecord.Origin.REPORTED),
        charge,
        "success",
        1_000_000,
        2_000_000);
  }
}
