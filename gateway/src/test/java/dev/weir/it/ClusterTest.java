package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FaultProxy;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Stores;
import dev.weir.store.TenancyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three gateways on one PostgreSQL and one Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
  private static final int TRIALS = 200;

  private final DatabaseUrl url = TestPostgres.migrated();
  private final TestRedis redis = new TestRedis();
  private final FaultProxy toRedis = new FaultProxy("127.0.0.1", redis.port());
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  private final Stores stores =
      new Stores(database, ClusterNode.HASHER, ClusterNode.ENCRYPTION, Clock.systemUTC());
  private final List<ClusterNode> nodes = new ArrayList<>();
  private String tenant = "";
  private ClusterNode a = node();
  private ClusterNode b = node();
  private ClusterNode c = node();

  private ClusterNode node() {
    var node = new ClusterNode(url, Optional.of("redis://127.0.0.1:" + toRedis.port()));
    nodes.add(node);
    return node;
  }

  @BeforeAll
  void tenant() {
    stores.checkSecrets();
    TestPostgres.countStatements(url);
    tenant = "ten";
    sql("INSERT INTO tenants (id, name) VALUES ('ten', 'T')");
    sql("INSERT INTO departments (id, tenant_id, name) VALUES ('dep', 'ten', 'D')");
    sql(
        "INSERT INTO teams (id, tenant_id, department_id, name) VALUES ('team', 'ten', 'dep', 'M')");
  }

  @BeforeEach
  void everything_works() {
    toRedis.set(FaultProxy.Fault.NONE);
    await()
        .until(() -> nodes.stream()
            .allMatch(node -> node.metrics().contains("gateway_redis_circuit_state 0.0")));
  }

  @AfterAll
  void close() {
    nodes.forEach(ClusterNode::close);
    database.close();
    toRedis.close();
    redis.close();
  }

  @Test
  void statements_are_one_for_a_cold_key_none_for_a_warm_one_and_none_for_one_that_redis_has() {
    var key = key();
    for (var node : nodes) {
      // connections are open, and what is done once is done
      assertThat(node.status(key())).isEqualTo(200);
    }
    var before = statementsAtRest();
    assertThat(a.status(key)).isEqualTo(200);
    assertThat(TestPostgres.statements(url) - before).as("cold").isEqualTo(1);
    for (var i = 0; i < 20; i++) {
      assertThat(a.status(key)).isEqualTo(200);
    }
    assertThat(TestPostgres.statements(url) - before).as("warm").isEqualTo(1);
    await().until(() -> redis.ask(commands -> commands.exists("weir:key:" + publicId(key))) == 1);
    assertThat(b.status(key)).isEqualTo(200);
    // the line is written once the answer is out
    await().untilAsserted(() -> assertThat(b.tiers()).last().isEqualTo("redis"));
    assertThat(TestPostgres.statements(url) - before).as("in Redis").isEqualTo(1);
    assertThat(b.metrics())
        .contains("gateway_cache_hits_total{cache=\"api_key\",tier=\"redis\"} ")
        .contains("gateway_cache_misses_total{cache=\"api_key\",tier=\"local\"} ");
  }

  @Test
  void m01_a_revoked_key_is_refused_on_all_instances() {
    var took = Latencies.of(IntStream.range(0, TRIALS).mapToLong(trial -> revoked()));
    System.out.println("revocation, with Redis: " + took);
    assertThat(took.millis(0.99)).isLessThan(1000);
  }

  @Test
  void m01_also_when_redis_is_cut_and_no_entry_can_be_deleted() {
    var keys = IntStream.range(0, 20).mapToObj(i -> key()).toList();
    keys.forEach(this::warmEverywhere);
    toRedis.set(FaultProxy.Fault.BLACK_HOLE);
    var took = Latencies.of(keys.stream().mapToLong(this::revoke));
    System.out.println("revocation, Redis cut: " + took);
    assertThat(took.millis(1)).isLessThan(5000);
    toRedis.set(FaultProxy.Fault.NONE);
    everything_works();
    // the entries that could not be deleted are still there, and older than the revocation
    var held = keys.stream()
        .filter(key -> redis.ask(commands -> commands.exists("weir:key:" + publicId(key))) == 1)
        .toList();
    assertThat(held).as("deletes failed").isNotEmpty();
    for (var key : held) {
      nodes.forEach(node -> assertThat(node.status(key)).isEqualTo(401));
    }
    try (var late = new ClusterNode(url, Optional.of(redis.url()))) {
      held.forEach(key -> assertThat(late.status(key)).as("on a new instance").isEqualTo(401));
    }
  }

  @Test
  void r15_a_lost_message_costs_no_more_than_the_poll() {
    var key = key();
    warmEverywhere(key);
    // without the trigger's notification, as when it is lost: only the numbered change is there
    var start = System.nanoTime();
    TestPostgres.execute(url, """
        SET session_replication_role = replica;
        UPDATE api_keys SET revoked_at = now() WHERE public_id = '%s';
        INSERT INTO config_changes
          SELECT version + 1, now(), 'api_key', 'x', 'ten', '%s' FROM config_version;
        UPDATE config_version SET version = version + 1
        """.formatted(publicId(key), publicId(key)));
    awaitRefused(key);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void m03_a_level_that_is_switched_off_takes_its_keys_with_it() {
    var key = stores
        .tenancy()
        .createKey(new TenancyStore.NewKey(tenant, Optional.of("dep"), Optional.of("team"), "k"));
    for (var table : List.of("teams", "departments", "tenants")) {
      warmEverywhere(key);
      var start = System.nanoTime();
      sql("UPDATE " + table + " SET active = false");
      awaitRefused(key);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(table)
          .isLessThan(Duration.ofSeconds(2));
      sql("UPDATE " + table + " SET active = true");
      await().until(() -> nodes.stream().allMatch(node -> node.status(key) == 200));
    }
  }

  @Test
  void m04_a_key_made_on_one_instance_works_on_another_at_once() {
    var took = Latencies.of(IntStream.range(0, 50).mapToLong(trial -> {
      var key = key();
      var start = System.nanoTime();
      assertThat(nodes.get(trial % 3).status(key)).isEqualTo(200);
      return System.nanoTime() - start;
    }));
    System.out.println("first use of a new key: " + took);
    assertThat(took.millis(0.5)).isLessThan(100);
  }

  @Test
  void a_new_secret_works_at_once_where_the_old_one_is_held() {
    var old = key();
    warmEverywhere(old);
    var rotated =
        new dev.weir.identity.ApiKeyFormat(ClusterNode.HASHER).withPublicId("live", publicId(old));
    pause(300);
    TestPostgres.execute(url, """
        SET session_replication_role = replica;
        UPDATE api_keys SET previous_hash = secret_hash, previous_until = now() + interval '1 hour',
               secret_hash = decode('%s', 'hex') WHERE public_id = '%s'
        """.formatted(
            java.util.HexFormat.of().formatHex(ClusterNode.HASHER.hash(rotated.text())),
            publicId(old)));
    // nobody was told: the secret itself shows that the entry is old
    nodes.forEach(node -> assertThat(node.status(rotated.text())).isEqualTo(200));
    nodes.forEach(node -> assertThat(node.status(old)).as("in its grace").isEqualTo(200));
  }

  @Test
  void c34_invalid_keys_cost_the_database_nothing() {
    var key = key();
    assertThat(a.status(key)).isEqualTo(200);
    var before = statementsAtRest();
    var format = new dev.weir.identity.ApiKeyFormat(new dev.weir.identity.KeyHasher(new byte[32]));
    for (var i = 0; i < 1000; i++) {
      assertThat(a.status(format.generate("live").text())).isEqualTo(401);
    }
    assertThat(TestPostgres.statements(url) - before).isZero();
    var deleted =
        new dev.weir.identity.ApiKeyFormat(ClusterNode.HASHER).generate("live").text();
    for (var i = 0; i < 100; i++) {
      nodes.forEach(node -> assertThat(node.status(deleted)).isEqualTo(401));
    }
    assertThat(TestPostgres.statements(url) - before)
        .as("one that existed once is looked up once, for all instances")
        .isLessThanOrEqualTo(3);
    assertThat(c.tiers()).last().isEqualTo("negative");
  }

  @Test
  void r09_an_emptied_redis_costs_a_statement_a_key_and_nothing_else() {
    var key = key();
    assertThat(a.status(key)).isEqualTo(200);
    redis.ask(commands -> commands.flushall());
    assertThat(b.status(key)).isEqualTo(200);
    assertThat(b.tiers()).last().isEqualTo("db");
  }

  /** When the snapshots have caught up with the keys that were made: nothing but requests asks from then on. */
  private long statementsAtRest() {
    var before = TestPostgres.statements(url);
    for (pause(400); ; pause(400)) {
      var now = TestPostgres.statements(url);
      if (now == before) {
        return now;
      }
      before = now;
    }
  }

  private long revoked() {
    var key = key();
    warmEverywhere(key);
    return revoke(key);
  }

  private long revoke(String key) {
    var start = System.nanoTime();
    sql("UPDATE api_keys SET revoked_at = now() WHERE public_id = '" + publicId(key) + "'");
    awaitRefused(key);
    return System.nanoTime() - start;
  }

  private void awaitRefused(String key) {
    var limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    for (var node : nodes) {
      while (node.status(key) != 401) {
        assertThat(System.nanoTime()).as("still served").isLessThan(limit);
      }
    }
  }

  private void warmEverywhere(String key) {
    for (var node : nodes) {
      assertThat(node.status(key)).isEqualTo(200);
      assertThat(node.status(key)).isEqualTo(200);
    }
  }

  private String key() {
    return stores
        .tenancy()
        .createKey(new TenancyStore.NewKey(tenant, Optional.empty(), Optional.empty(), "k"));
  }

  private static String publicId(String key) {
    return key.split("-", -1)[2];
  }

  private void sql(String statement) {
    TestPostgres.execute(url, statement);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
