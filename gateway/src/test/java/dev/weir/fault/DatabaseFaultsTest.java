package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FaultProxy;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.it.ClusterNode;
import dev.weir.it.TestPostgres;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of the fault table about PostgreSQL, as requests see them. */
class DatabaseFaultsTest {
  private final DatabaseUrl url = TestPostgres.migrated();
  private final FaultProxy proxy = new FaultProxy("127.0.0.1", url.port());
  private final String key = seeded();
  private final ClusterNode node = new ClusterNode(
      new DatabaseUrl("127.0.0.1", proxy.port(), url.database(), url.user(), url.password(), ""),
      Optional.empty(),
      1);

  @AfterEach
  void close() {
    node.close();
    proxy.close();
  }

  @Test
  void p02_while_it_is_away_known_keys_are_served_and_unknown_ones_told_to_come_back() {
    assertThat(node.status(key)).isEqualTo(200);
    proxy.set(FaultProxy.Fault.RESET);
    pause(1200);
    for (var i = 0; i < 20; i++) {
      assertThat(node.status(key)).as("past its time to live").isEqualTo(200);
    }
    var refused = node.get("/v1/models", unknown());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("auth_unavailable").doesNotContain("127.0.0.1");
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    proxy.set(FaultProxy.Fault.NONE);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(node.status(unknown())).isEqualTo(401));
  }

  @Test
  void p03_while_it_hangs_requests_with_known_keys_do_not_wait() {
    assertThat(node.status(key)).isEqualTo(200);
    proxy.set(FaultProxy.Fault.BLACK_HOLE);
    pause(1200);
    // the first may find out that nobody answers
    assertThat(timed(key)).isLessThan(Duration.ofSeconds(4));
    var slow = 0;
    for (var i = 0; i < 30; i++) {
      slow += timed(key).compareTo(Duration.ofMillis(300)) > 0 ? 1 : 0;
    }
    assertThat(slow).as("requests that waited").isLessThanOrEqualTo(10);
    proxy.set(FaultProxy.Fault.NONE);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(node.status(unknown())).isEqualTo(401));
  }

  @Test
  void p03_a_second_a_query_is_no_answer_in_time_and_nobody_waits_longer() {
    assertThat(node.status(key)).isEqualTo(200);
    proxy.slow(1000);
    var start = System.nanoTime();
    assertThat(node.status(unknown())).isIn(401, 503);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    assertThat(node.status(key)).isEqualTo(200);
  }

  @Test
  void a_change_during_an_outage_is_seen_when_it_ends() {
    assertThat(node.status(key)).isEqualTo(200);
    proxy.set(FaultProxy.Fault.BLACK_HOLE);
    TestPostgres.execute(url, "UPDATE api_keys SET revoked_at = now()");
    pause(1500);
    proxy.set(FaultProxy.Fault.NONE);
    await()
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(() -> assertThat(node.status(key)).isEqualTo(401));
  }

  private Duration timed(String some) {
    var start = System.nanoTime();
    assertThat(node.status(some)).isEqualTo(200);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String unknown() {
    return new ApiKeyFormat(ClusterNode.HASHER).generate("live").text();
  }

  private String seeded() {
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      var stores =
          new Stores(database, ClusterNode.HASHER, ClusterNode.ENCRYPTION, Clock.systemUTC());
      stores.checkSecrets();
      return stores.tenancy().seedDemo().orElseThrow();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
