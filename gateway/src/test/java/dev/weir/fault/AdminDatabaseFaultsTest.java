package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.AdminClient;
import dev.weir.it.RunningGateway;
import dev.weir.it.TestPostgres;
import dev.weir.store.DatabaseUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The PostgreSQL rows of the fault table, seen from the admin port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminDatabaseFaultsTest {
  private final RunningGateway gateway;
  private final AdminClient owner;

  AdminDatabaseFaultsTest() throws IOException {
    gateway = new RunningGateway(List.of(), RunningGateway.QUICK);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
  }

  @AfterEach
  void mend() {
    sql("DROP TRIGGER IF EXISTS fault ON audit_log; DROP TRIGGER IF EXISTS fault ON tenants;"
        + " DROP SEQUENCE IF EXISTS faults");
    assertThat(gateway.stores().audit().verify(Optional.empty()).faults()).isEmpty();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private void sql(String text) {
    TestPostgres.execute(gateway.database().url(), text);
  }

  /** Has the first writes of audit rows fail; sequences count on through what is undone. */
  private void fail(int times, String state) {
    sql(
        "CREATE SEQUENCE faults; CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql"
            + " AS $$ BEGIN IF nextval('faults') <= " + times + " THEN RAISE SQLSTATE '" + state
            + "'; END IF; RETURN NEW; END $$; CREATE TRIGGER fault BEFORE INSERT ON audit_log"
            + " FOR EACH ROW EXECUTE FUNCTION fault()");
  }

  @Test
  void p07_a_serialization_failure_is_run_again_and_done_once() {
    fail(2, "40001");
    assertThat(owner.post("/tenants", "{\"name\":\"p07-a\"}").status()).isEqualTo(201);
    assertThat(owner.get("/tenants?limit=200").text()).containsOnlyOnce("\"p07-a\"");
  }

  @Test
  void p07_a_deadlock_is_run_again_and_done_once() {
    fail(3, "40P01");
    assertThat(owner.post("/tenants", "{\"name\":\"p07-b\"}").status()).isEqualTo(201);
    assertThat(owner.get("/tenants?limit=200").text()).containsOnlyOnce("\"p07-b\"");
  }

  @Test
  void p07_what_fails_again_and_again_is_a_503_and_changes_nothing() {
    fail(1000, "40001");
    var refused = owner.post("/tenants", "{\"name\":\"p07-c\"}");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("database_unavailable");
    assertThat(refused.header("retry-after")).isNotEmpty();
    assertThat(owner.get("/tenants?limit=200").text()).doesNotContain("p07-c");
  }

  @Test
  void p05_a_connection_killed_in_a_transaction_is_a_503_and_changes_nothing() {
    sql("CREATE OR REPLACE FUNCTION kill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM"
        + " pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NEW; END $$;"
        + " CREATE TRIGGER fault AFTER INSERT ON tenants FOR EACH ROW EXECUTE FUNCTION kill()");
    var refused = owner.post("/tenants", "{\"name\":\"p05\"}");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("database_unavailable");
    assertThat(refused.text()).doesNotContain("terminat").doesNotContain("5432");
    sql("DROP TRIGGER fault ON tenants");
    assertThat(owner.get("/tenants?limit=200").text()).doesNotContain("p05");
    assertThat(owner.post("/tenants", "{\"name\":\"p05\"}").status()).isEqualTo(201);
  }

  @Test
  void p09_a_read_only_database_is_a_clear_503_with_the_cure_in_the_log() {
    var name = gateway.database().url().database();
    readOnly(name, "on");
    try (var log = new LogLines()) {
      var refused = Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> owner.post("/tenants", "{\"name\":\"p09\"}"),
              answer -> answer.text().contains("read-only"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(owner.get("/tenants").status()).isEqualTo(200);
      assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
      assertThat(log.texts()).anyMatch(line -> line.contains("default_transaction_read_only"));
    } finally {
      readOnly(name, "off");
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> owner.post("/tenants", "{\"name\":\"p09\"}").status() == 201);
  }

  // from another database, where statements may still write
  private void readOnly(String database, String mode) {
    var url = gateway.database().url();
    var other = new DatabaseUrl(
        url.host(), url.port(), "postgres", url.user(), url.password(), url.options());
    TestPostgres.execute(
        other, "ALTER DATABASE " + database + " SET default_transaction_read_only = " + mode);
    TestPostgres.execute(
        other,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
            + "'");
  }

  @Test
  void p04_admin_work_that_takes_all_of_its_connections_leaves_the_data_plane_alone()
      throws Exception {
    var tenant = owner.make("/tenants", "{\"name\":\"p04\"}");
    var keys = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      keys.add(owner
          .post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"k\"}".formatted(tenant))
          .get("key"));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lock = threads.submit(
          () -> sql("BEGIN; SELECT 1 FROM audit_head FOR UPDATE; SELECT pg_sleep(4); COMMIT"));
      Thread.sleep(500);
      var changes = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 12; i++) {
        var body = "{\"name\":\"p04-" + i + "\"}";
        changes.add(threads.submit(() -> owner.post("/tenants", body).status()));
      }
      Thread.sleep(500);
      var start = System.nanoTime();
      for (var key : keys) {
        var cold = gateway.send(
            java.net.http.HttpRequest.newBuilder(java.net.URI.create(gateway.url() + "/v1/models"))
                .header("authorization", "Bearer " + key)
                .build());
        assertThat(cold.statusCode()).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(lock.isDone()).isFalse();
      for (var change : changes) {
        assertThat(change.get()).isEqualTo(201);
      }
    }
  }
}
