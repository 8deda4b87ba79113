package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.Latencies;
import dev.weir.it.TestPostgres;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The hot statements with 1,000 tenants and 200,000 keys: each by its own index, at a cost that does not grow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotStatementsTest {
  private static final String OF_ONE = "AND tenant_id = ANY(ARRAY['ten7'])";

  // what is tested is the plan, not the patience of a busy machine
  private static final Database.Settings PATIENT = new Database.Settings(
      2,
      Duration.ofSeconds(10),
      Duration.ofSeconds(30),
      Duration.ofHours(1),
      2,
      Duration.ofSeconds(30));

  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, PATIENT, Optional.empty());

  @BeforeAll
  void load() {
    run("""
        SET session_replication_role = replica;
        INSERT INTO tenants (id, name) SELECT 'ten' || n, 'T' || n FROM generate_series(1, 1000) n;
        INSERT INTO departments (id, tenant_id, name)
          SELECT 'dep' || n, 'ten' || (n % 1000 + 1), 'D' || n FROM generate_series(1, 5000) n;
        INSERT INTO teams (id, tenant_id, department_id, name)
          SELECT 'team' || n, 'ten' || (n % 1000 + 1), 'dep' || (n % 5000 + 1), 'M' || n
            FROM generate_series(1, 20000) n;
        INSERT INTO guardrail_profiles (id, tenant_id, name)
          SELECT 'gp' || n, 'ten' || (n % 1000 + 1), 'G' || n FROM generate_series(1, 5000) n;
        INSERT INTO routing_policies (id, tenant_id, name, strategy)
          SELECT 'rp' || n, 'ten' || (n % 1000 + 1), 'R' || n, '{}' FROM generate_series(1, 5000) n;
        INSERT INTO api_routes (id, tenant_id, path, model, priority)
          SELECT 'ar' || n, 'ten' || (n % 1000 + 1), '/r' || n, 'm', n % 10
            FROM generate_series(1, 10000) n
        """);
    keys(1, 200_000);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void a_key_is_found_by_its_index() {
    var plan = plan(KeyStore.FIND.replace("?", "'pub777'"));
    assertThat(plan).contains("idx_api_keys_hash_active");
    assertThat(plan.lines().filter(line -> line.contains("Seq Scan")))
        .as("but for the one row of the version")
        .allMatch(line -> line.contains("config_version"));
  }

  @Test
  void what_a_snapshot_reads_of_one_tenant_is_found_by_its_indexes() {
    assertThat(plan(DocumentStore.PROFILES.formatted(OF_ONE)))
        .contains("idx_guardrail_profiles_tenant_active");
    assertThat(plan(DocumentStore.POLICIES.formatted(OF_ONE)))
        .contains("idx_routing_policies_tenant_active")
        .contains("idx_departments_tenant_active")
        .contains("idx_teams_tenant_dept")
        .contains("api_keys_routing_policy");
    assertThat(plan(DocumentStore.ROUTES.formatted(OF_ONE))).contains("idx_api_routes_");
  }

  @Test
  void an_api_route_is_found_by_its_path_and_the_routes_of_a_tenant_in_their_order() {
    assertThat(plan("SELECT id FROM api_routes WHERE tenant_id = 'ten7' AND path = '/r6'"
            + " AND method = 'POST' AND deleted_at IS NULL"))
        .contains("idx_api_routes_tenant_path");
    assertThat(plan("SELECT id FROM api_routes WHERE tenant_id = 'ten7' AND deleted_at IS NULL"
            + " ORDER BY priority DESC, seq LIMIT 5"))
        .contains("idx_api_routes_priority");
  }

  @Test
  void the_keys_of_a_tenant_are_paged_by_their_index() {
    assertThat(plan("SELECT id FROM api_keys t WHERE t.deleted_at IS NULL AND t.tenant_id = 'ten7'"
            + " AND t.seq > 0 ORDER BY t.seq LIMIT 50"))
        .contains("idx_api_keys_tenant_lookup");
  }

  @Test
  @Tag("slow")
  void a_cold_look_up_costs_the_same_with_a_million_keys() {
    var few = lookups(200_000);
    keys(200_001, 1_000_000);
    var many = lookups(1_000_000);
    System.out.println("cold look-up, 200,000 keys: " + few + "; 1,000,000 keys: " + many);
    assertThat(many.millis(0.5)).isLessThan(3 * few.millis(0.5) + 1);
  }

  private Latencies lookups(int keys) {
    var store = new KeyStore(database);
    var random = new Random(7);
    var times = LongStream.builder();
    for (var i = 0; i < 2000; i++) {
      var publicId = "pub" + (1 + random.nextInt(keys));
      var start = System.nanoTime();
      assertThat(store.find(publicId).found()).isPresent();
      times.add(System.nanoTime() - start);
    }
    return Latencies.of(times.build().skip(500));
  }

  private void keys(int from, int to) {
    run("""
        SET session_replication_role = replica;
        INSERT INTO api_keys (id, tenant_id, department_id, team_id, name, public_id, secret_hash, last4)
          SELECT 'key' || n, 'ten' || (n %% 1000 + 1), 'dep' || (n %% 5000 + 1), 'team' || (n %% 20000 + 1),
                 'k', 'pub' || n, decode(repeat('00', 32), 'hex'), 'last' FROM generate_series(%d, %d) n
        """.formatted(from, to));
    run("ANALYZE");
  }

  private String plan(String sql) {
    return String.join("\n", TestPostgres.query(url, "EXPLAIN " + sql));
  }

  private void run(String sql) {
    TestPostgres.execute(url, sql);
  }
}
