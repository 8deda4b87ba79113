package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.it.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  @Test
  void a_second_run_changes_nothing() {
    try (var database = open(TestPostgres.empty())) {
      assertThat(Migrations.migrate(database)).isPositive();
      assertThat(Migrations.migrate(database)).isZero();
    }
  }

  @Test
  void p12_two_instances_migrate_at_once() throws Exception {
    int all;
    try (var alone = open(TestPostgres.empty())) {
      all = Migrations.migrate(alone);
    }
    var url = TestPostgres.empty();
    try (var one = open(url);
        var other = open(url);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> Migrations.migrate(one));
      var second = threads.submit(() -> Migrations.migrate(other));
      assertThat(first.get() + second.get()).isEqualTo(all);
    }
  }

  @Test
  void p12_a_migration_killed_while_it_builds_an_index_is_finished_by_the_next_start()
      throws Exception {
    var url = TestPostgres.empty();
    try (var database = open(url);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        var statement = other.createStatement()) {
      // an index that is built while others work waits for those who still see what was before
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM pg_class LIMIT 1");
      var killed = threads.submit(() -> Migrations.migrate(database));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> TestPostgres.query(
                  url,
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                      + " current_database() AND query LIKE '%CREATE%INDEX CONCURRENTLY%'"
                      + " AND wait_event_type = 'Lock'")
              .contains("t"));
      assertThatThrownBy(killed::get).hasRootCauseInstanceOf(SQLException.class);
      assertThat(invalid(url)).containsExactly("idx_api_keys_hash_active");
    }
    try (var next = open(url)) {
      assertThat(Migrations.migrate(next)).isPositive();
      assertThat(invalid(url)).isEmpty();
      assertThat(TestPostgres.query(
              url, "SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid"))
          .contains("idx_api_keys_hash_active", "idx_teams_tenant_dept");
      Migrations.requireCurrent(next);
    }
  }

  private static List<String> invalid(DatabaseUrl url) {
    return TestPostgres.query(
        url, "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid");
  }

  @Test
  void p13_a_newer_schema_is_refused_and_left_alone() {
    var url = TestPostgres.migrated();
    TestPostgres.execute(
        url,
        "INSERT INTO schema_history(installed_rank, version, description,"
            + " type, script, checksum, installed_by, execution_time, success) VALUES (99, '999',"
            + " 'future', 'SQL', 'V999__future.sql', 1, 'x', 1, true)");
    try (var database = open(url)) {
      assertThatThrownBy(() -> Migrations.migrate(database))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("999")
          .hasMessageContaining("newer");
    }
  }

  @Test
  void a_server_that_is_not_there_is_named_without_the_password() {
    var url = new DatabaseUrl("127.0.0.1", 1, "ai_gateway", "someone", "secret-word", "");
    try (var database = open(url)) {
      assertThatThrownBy(() -> Migrations.migrate(database))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageNotContaining("secret-word");
    }
  }

  private static Database open(DatabaseUrl url) {
    return Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  }
}
