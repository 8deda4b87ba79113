package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FakeUpstream;
import dev.weir.fake.FaultProxy;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Stores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is changed over one instance's admin API, as another instance's clients see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterChangesTest {
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}]}";

  /** Twice what holds when all else fails; how long it took is printed, for the machine is shared. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DatabaseUrl url = TestPostgres.migrated();
  private final TestRedis redis = new TestRedis();
  private final FaultProxy toRedis = new FaultProxy("127.0.0.1", redis.port());
  private final FakeUpstream upstream;
  private final String token = owner(url, ClusterNode.ENCRYPTION);
  private final Optional<String> redisUrl = Optional.of("redis://127.0.0.1:" + toRedis.port());
  private final ClusterNode a = new ClusterNode(url, redisUrl);
  private final ClusterNode b = new ClusterNode(url, redisUrl);
  private final AdminClient admin = a.admin(token);
  private String key = "";

  ClusterChangesTest() throws IOException {
    upstream = new FakeUpstream();
  }

  @BeforeAll
  void a_tenant_with_a_key() {
    upstream.answers(FakeUpstream.json(200, COMPLETION));
    key = key(admin, admin.make("/tenants", "{\"name\":\"Acme\"}"), "");
  }

  @AfterAll
  void close() throws IOException {
    a.close();
    b.close();
    upstream.close();
    toRedis.close();
    redis.close();
  }

  @Test
  void m03_a_model_and_a_secret_that_change_on_one_count_on_the_other() {
    change("with-redis");
  }

  @Test
  void m03_also_when_redis_is_cut() {
    toRedis.set(FaultProxy.Fault.BLACK_HOLE);
    try {
      change("without-redis");
    } finally {
      toRedis.set(FaultProxy.Fault.NONE);
    }
  }

  private void change(String name) {
    var provider = admin.make("/providers", """
        {"name":"%s","type":"openai","base_url":"%s","credentials":[{"api_key":"sk-one"}]}
        """.formatted(name, upstream.url()));
    var model = admin.make(
        "/models", "{\"provider_id\":\"%s\",\"name\":\"m-%s\"}".formatted(provider, name));
    var start = System.nanoTime();
    await().atMost(LIMIT).until(() -> b.chat("m-" + name, key).statusCode() == 200);
    said("a new model, " + name, start);
    assertThat(upstream.last().head()).contains("Bearer sk-one");
    assertThat(admin
            .patch("/providers/" + provider, "{\"credentials\":[{\"api_key\":\"sk-two\"}]}")
            .status())
        .isEqualTo(200);
    var changed = System.nanoTime();
    await()
        .atMost(LIMIT)
        .until(() -> b.chat("m-" + name, key).statusCode() == 200
            && upstream.last().head().contains("Bearer sk-two"));
    said("a new secret, " + name, changed);
    assertThat(admin.patch("/models/" + model, "{\"active\":false}").status()).isEqualTo(200);
    var gone = System.nanoTime();
    await().atMost(LIMIT).until(() -> b.chat("m-" + name, key).statusCode() == 404);
    said("a model that is switched off, " + name, gone);
  }

  private static void said(String what, long start) {
    System.out.println(what + ": seen on another instance after "
        + (System.nanoTime() - start) / 1_000_000 + " ms");
  }

  @Test
  void a_fresh_key_never_meets_a_snapshot_without_what_it_names() {
    var tenant = admin.make("/tenants", "{\"name\":\"Hammer\"}");
    var provider = admin.make("/providers", """
        {"name":"hammered","type":"openai","base_url":"%s","credentials":[{"api_key":"sk"}]}
        """.formatted(upstream.url()));
    var _ = admin.make("/models", "{\"provider_id\":\"%s\",\"name\":\"m\"}".formatted(provider));
    await().until(() -> b.chat("hammered/m", key).statusCode() == 200);
    for (var i = 0; i < 60; i++) {
      var profile = admin.make("/guardrail-profiles", """
          {"tenant_id":"%s","name":"p%d","rules":[{"guardrail":"keywords","action":"flag",
           "directions":["input"],"config":{"words":["w%d"]}}]}
          """.formatted(tenant, i, i));
      var policy = admin.make("/routing-policies", """
          {"tenant_id":"%s","name":"r%d","match":{"models":["smart"]},
           "strategy":{"type":"fallback","targets":[{"model":"hammered/m"}]}}
          """.formatted(tenant, i));
      var fresh = key(
          admin,
          tenant,
          ",\"guardrail_profile_id\":\"%s\",\"routing_policy_id\":\"%s\""
              .formatted(profile, policy));
      var node = i % 2 == 0 ? b : a;
      var answer = node.chat("smart", fresh);
      assertThat(answer.statusCode()).as("round %d: %s", i, answer.body()).isEqualTo(200);
    }
  }

  @Test
  void the_encryption_key_is_rotated_under_load_and_nobody_notices() throws Exception {
    var old = EncryptionKeys.of("old-secret-0123456789-abcdefghijkl", Optional.empty());
    var both = EncryptionKeys.of(
        "next-secret-0123456789-abcdefghijkl", Optional.of("old-secret-0123456789-abcdefghijkl"));
    var database = TestPostgres.migrated();
    var owner = owner(database, old);
    try (var node = new ClusterNode(database, Optional.empty(), 60, both);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var api = node.admin(owner);
      var caller = key(api, api.make("/tenants", "{\"name\":\"Acme\"}"), "");
      var ids = new ArrayList<String>();
      for (var i = 0; i < 12; i++) {
        ids.add(api.make("/providers", """
            {"name":"p%d","type":"openai","base_url":"%s","credentials":[{"api_key":"sk-%d"}]}
            """.formatted(i, upstream.url(), i)));
      }
      await().until(() -> node.chat("p11/m", caller).statusCode() == 200);
      var done = new AtomicBoolean();
      var asked = new AtomicInteger();
      var failures = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 3; i++) {
        failures.add(threads.submit(() -> {
          var failed = 0;
          while (!done.get()) {
            var at = asked.incrementAndGet() % 12;
            failed += node.chat("p" + at + "/m", caller).statusCode() == 200 ? 0 : 1;
          }
          return failed;
        }));
      }
      failures.add(threads.submit(() -> {
        var failed = 0;
        for (var i = 0; !done.get(); i++) {
          var body = "{\"credentials\":[{\"api_key\":\"sk-new-%d\"}]}".formatted(i);
          failed += api.patch("/providers/" + ids.get(i % 6), body).status() == 200 ? 0 : 1;
        }
        return failed;
      }));
      rotate(database, both);
      done.set(true);
      for (var one : failures) {
        assertThat(one.get()).isZero();
      }
      assertThat(asked.get()).isPositive();
    }
    var next = EncryptionKeys.of("next-secret-0123456789-abcdefghijkl", Optional.empty());
    try (var node = new ClusterNode(database, Optional.empty(), 60, next)) {
      var caller =
          key(node.admin(owner), node.admin(owner).make("/tenants", "{\"name\":\"B\"}"), "");
      for (var i = 0; i < 12; i++) {
        assertThat(node.chat("p" + i + "/m", caller).statusCode()).isEqualTo(200);
        assertThat(upstream.last().head()).contains("Bearer sk-");
      }
    }
  }

  private static void rotate(DatabaseUrl url, EncryptionKeys keys) throws Exception {
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      var stores = new Stores(database, ClusterNode.HASHER, keys, Clock.systemUTC());
      Thread.sleep(300);
      var _ = stores.rotation().run();
      assertThat(stores.rotation().left()).isZero();
      assertThat(stores.audit().verify(Optional.empty()).faults()).isEmpty();
      Thread.sleep(300);
    }
  }

  private static String owner(DatabaseUrl url, EncryptionKeys keys) {
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      var stores = new Stores(database, ClusterNode.HASHER, keys, Clock.systemUTC());
      stores.checkSecrets();
      return stores.tenancy().createOwner("test");
    }
  }

  private static String key(AdminClient admin, String tenant, String more) {
    return admin
        .post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"k\"%s}".formatted(tenant, more))
        .get("key");
  }
}
