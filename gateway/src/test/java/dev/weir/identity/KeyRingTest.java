package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.it.TestPostgres;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.KeyStore;
import dev.weir.store.Stores;
import dev.weir.telemetry.RequestTrace;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final KeyHasher HASHER =
      new KeyHasher("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private static final ApiKeyFormat FORMAT = new ApiKeyFormat(HASHER);

  private final AtomicLong now = new AtomicLong(1);
  private final AtomicInteger statements = new AtomicInteger();
  private DatabaseUrl url = TestPostgres.migrated();
  private Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  private String key = "";
  private boolean down;
  private KeyResolver resolver = new KeyResolver(
      new LocalKeyCache(LocalKeyCache.Settings.DEFAULT, now::get),
      SharedKeyCache.NONE,
      _ -> new KeyAnswer(0, Optional.empty()),
      Duration.ofSeconds(60),
      now::get);
  private KeyRing ring = ring();

  @BeforeEach
  void seed() {
    key = new Stores(
            database,
            HASHER,
            EncryptionKeys.of("0123456789abcdef0123456789abcdef", Optional.empty()),
            Clock.systemUTC())
        .tenancy()
        .seedDemo()
        .orElseThrow();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private KeyRing ring() {
    var store = new KeyStore(database);
    resolver = new KeyResolver(
        new LocalKeyCache(LocalKeyCache.Settings.DEFAULT, now::get),
        SharedKeyCache.NONE,
        id -> {
          statements.incrementAndGet();
          if (down) {
            throw new KeySource.Unavailable(new IllegalStateException("down"));
          }
          return store.find(id);
        },
        Duration.ofSeconds(60),
        now::get);
    return new KeyRing(FORMAT, HASHER, resolver, Clock.systemUTC());
  }

  @Test
  void a_key_resolves_once_and_then_from_the_cache() {
    var cold = trace();
    var principal = ring.authenticate(from(key), cold);
    var warm = trace();
    assertThat(ring.authenticate(from(key), warm)).isEqualTo(principal);
    assertThat(cold.keyTier).isEqualTo("db");
    assertThat(warm.keyTier).isEqualTo("local");
    assertThat(statements).hasValue(1);
    assertThat(principal.departmentId()).isPresent();
    assertThat(warm.tenant).isEqualTo(principal.tenantId());
  }

  @Test
  void c34_keys_never_given_out_cost_no_look_up() {
    for (var i = 0; i < 1000; i++) {
      refused(key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0"));
      refused("wr-live-" + "a".repeat(16) + "-" + "b".repeat(49));
    }
    assertThat(statements).hasValue(0);
  }

  @Test
  void a_key_that_was_deleted_is_remembered_as_unknown() {
    var gone = FORMAT.generate("live").text();
    refused(gone);
    refused(gone);
    assertThat(statements).hasValue(1);
  }

  @Test
  void concurrent_misses_load_once() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Principal>>();
      for (var i = 0; i < 200; i++) {
        all.add(threads.submit(() -> ring.authenticate(from(key), trace())));
      }
      for (var one : all) {
        assertThat(one.get().keyId()).isNotEmpty();
      }
    }
    assertThat(statements).hasValue(1);
  }

  @Test
  void what_is_switched_off_above_a_key_switches_it_off() {
    for (var table : new String[] {"tenants", "departments", "teams"}) {
      TestPostgres.execute(url, "UPDATE " + table + " SET active = false");
      ring = ring();
      refused(key);
      TestPostgres.execute(url, "UPDATE " + table + " SET active = true");
    }
    ring = ring();
    assertThat(ring.authenticate(from(key), trace()).keyId()).isNotEmpty();
    TestPostgres.execute(url, "UPDATE api_keys SET revoked_at = now()");
    ring = ring();
    refused(key);
    TestPostgres.execute(
        url, "UPDATE api_keys SET revoked_at = NULL, expires_at = now() - interval '1 s'");
    ring = ring();
    refused(key);
  }

  @Test
  void p02_while_the_store_is_down_known_keys_live_and_unknown_ones_are_not_refused_as_wrong() {
    assertThat(ring.authenticate(from(key), trace()).keyId()).isNotEmpty();
    down = true;
    now.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(ring.authenticate(from(key), trace()).keyId()).isNotEmpty();
    var asked = statements.get();
    for (var i = 0; i < 100; i++) {
      ring.authenticate(from(key), trace());
    }
    assertThat(statements)
        .as("a source that is down is not asked for each request")
        .hasValue(asked);
    var failure = catchThrowableOfType(
        GatewayException.class,
        () -> ring.authenticate(from(FORMAT.generate("live").text()), trace()));
    assertThat(failure.code()).isEqualTo(ErrorCode.AUTH_UNAVAILABLE);
    now.addAndGet(Duration.ofMinutes(11).toNanos());
    assertThat(catchThrowableOfType(
                GatewayException.class, () -> ring.authenticate(from(key), trace()))
            .code())
        .isEqualTo(ErrorCode.AUTH_UNAVAILABLE);
  }

  @Test
  void an_entry_is_asked_for_again_after_its_time() {
    ring.authenticate(from(key), trace());
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    ring.authenticate(from(key), trace());
    assertThat(statements).hasValue(2);
  }

  private void refused(String wrong) {
    var failure =
        catchThrowableOfType(GatewayException.class, () -> ring.authenticate(from(wrong), trace()));
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_API_KEY);
    assertThat(failure.text()).isEqualTo(GatewayException.invalidApiKey().text());
  }

  private static RequestTrace trace() {
    return new RequestTrace("test", System.nanoTime());
  }

  private static Credential from(String key) {
    return new Credential(key, "127.0.0.1");
  }
}
