package dev.weir.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.it.Latencies;
import dev.weir.it.TestPostgres;
import dev.weir.routing.TargetHealth;
import dev.weir.store.ChangeFeed;
import dev.weir.store.Database;
import dev.weir.store.DocumentStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A change of one tenant among a thousand. */
class SnapshotScaleTest {
  @Test
  void one_of_a_thousand_tenants_is_rebuilt_in_less_than_fifty_milliseconds() {
    var url = TestPostgres.migrated();
    TestPostgres.execute(url, """
        SET session_replication_role = replica;
        INSERT INTO tenants (id, name) SELECT 'ten' || n, 'T' || n FROM generate_series(1, 1000) n;
        INSERT INTO guardrail_profiles (id, tenant_id, name, rules)
          SELECT 'gp' || n, 'ten' || (n % 1000 + 1), 'G' || n,
                 '[{"guardrail":"pii.email","action":"redact","directions":["input","output"]}]'
            FROM generate_series(1, 3000) n;
        INSERT INTO routing_policies (id, tenant_id, name, match, strategy)
          SELECT 'rp' || n, 'ten' || (n % 1000 + 1), 'R' || n, '{"models":["smart"]}',
                 '{"type":"fallback","targets":[{"model":"a/m1"},{"model":"b/m2"}]}'
            FROM generate_series(1, 3000) n;
        ANALYZE
        """);
    var took = new CopyOnWriteArrayList<Long>();
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
        var keeper = keeper(database, took)) {
      keeper.start();
      var first = took.removeFirst();
      try (var _ = ChangeFeed.start(database, 0, keeper)) {
        for (var i = 1; i <= 60; i++) {
          TestPostgres.execute(
              url,
              "UPDATE guardrail_profiles SET name = 'v" + i + "', version = version + 1"
                  + " WHERE id = 'gp" + i + "'");
          var rebuilds = i;
          await().pollInterval(Duration.ofMillis(5)).until(() -> took.size() >= rebuilds);
        }
      }
      var times = Latencies.of(took.stream().skip(20).mapToLong(Long::longValue));
      System.out.println("snapshot of 1,000 tenants, first: " + first / 1_000_000
          + " ms; one tenant's change, read and compiled: " + times);
      assertThat(times.millis(0.5)).isLessThan(50);
    }
  }

  private static SnapshotKeeper keeper(Database database, List<Long> took) {
    return new SnapshotKeeper(
        new DocumentStore(database, (envelope, _) -> envelope),
        List.of(),
        _ -> {
          throw new IllegalArgumentException("there are none");
        },
        ProfileBook.of(List.of(), new BuiltInProfiles(Detectors.builtIn()), Optional.empty()),
        TargetHealth.UNKNOWN,
        Clock.systemUTC(),
        new SnapshotKeeper.Observer() {
          @Override
          public void published(Snapshot snapshot, Duration time) {
            took.add(time.toNanos());
          }

          @Override
          public void failed(Document document, String reason) {}
        });
  }
}
