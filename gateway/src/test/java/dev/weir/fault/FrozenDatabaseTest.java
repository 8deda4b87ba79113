package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.identity.ApiKeyFormat;
import dev.weir.it.ClusterNode;
import dev.weir.it.Latencies;
import dev.weir.it.OwnPostgres;
import dev.weir.store.Database;
import dev.weir.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row P03 with a server that is really stopped, and with one whose queries really take a second. */
class FrozenDatabaseTest {
  private final OwnPostgres postgres = new OwnPostgres();
  private final String key = seeded();
  private final ClusterNode node = new ClusterNode(postgres.url(), Optional.empty(), 1);

  @AfterEach
  void close() {
    postgres.thaw();
    node.close();
    postgres.close();
  }

  @Test
  void p03_sigstop_of_all_its_processes_stops_no_request_with_a_known_key() throws Exception {
    assertThat(node.status(key)).isEqualTo(200);
    postgres.freeze();
    Thread.sleep(1200);
    // the first may find out that nobody answers
    assertThat(timed()).isLessThan(Duration.ofSeconds(4).toNanos());
    var frozen = Latencies.of(IntStream.range(0, 200).mapToLong(i -> timed()));
    System.out.println("known keys while PostgreSQL is stopped: " + frozen);
    assertThat(frozen.millis(0.9)).isLessThan(300);
    var start = System.nanoTime();
    assertThat(node.status(unknown())).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    postgres.thaw();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(node.status(unknown())).isEqualTo(401));
    assertThat(node.status(key)).isEqualTo(200);
  }

  @Test
  void p03_a_second_a_query_is_waited_for_by_nobody_whose_key_is_known() throws Exception {
    assertThat(node.status(key)).isEqualTo(200);
    postgres.execute("ALTER TABLE api_keys RENAME TO real_keys;"
        + " CREATE VIEW api_keys AS SELECT k.* FROM pg_sleep(1.2), real_keys k");
    Thread.sleep(1200);
    assertThat(timed()).isLessThan(Duration.ofSeconds(4).toNanos());
    var slow = Latencies.of(IntStream.range(0, 200).mapToLong(i -> timed()));
    System.out.println("known keys while a query takes more than a second: " + slow);
    assertThat(slow.millis(0.9)).isLessThan(300);
    var start = System.nanoTime();
    assertThat(node.status(unknown())).isIn(401, 503);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    postgres.execute("DROP VIEW api_keys; ALTER TABLE real_keys RENAME TO api_keys");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(node.status(unknown())).isEqualTo(401));
  }

  private long timed() {
    var start = System.nanoTime();
    assertThat(node.status(key)).isEqualTo(200);
    return System.nanoTime() - start;
  }

  private static String unknown() {
    return new ApiKeyFormat(ClusterNode.HASHER).generate("live").text();
  }

  private String seeded() {
    try (var database =
        Database.open(postgres.url(), Database.Settings.DEFAULT, Optional.empty())) {
      var stores =
          new Stores(database, ClusterNode.HASHER, ClusterNode.ENCRYPTION, Clock.systemUTC());
      stores.checkSecrets();
      return stores.tenancy().seedDemo().orElseThrow();
    }
  }
}
