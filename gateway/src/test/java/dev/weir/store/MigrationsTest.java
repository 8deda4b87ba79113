package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.it.TestPostgres;
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
