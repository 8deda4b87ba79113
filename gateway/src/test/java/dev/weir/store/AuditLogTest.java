package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.identity.KeyHasher;
import dev.weir.it.TestPostgres;
import dev.weir.seal.EncryptionKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The chain as writers, rotations and restarts leave it. */
class AuditLogTest {
  private static final String SECRET = "fedcba9876543210fedcba9876543210";
  private static final KeyHasher HASHER =
      new KeyHasher("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private static final Actor ACTOR = new Actor("adm_test", Optional.empty());

  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  private final Stores stores = stores(SECRET, Optional.empty());

  private Stores stores(String secret, Optional<String> previous) {
    return new Stores(database, HASHER, EncryptionKeys.of(secret, previous), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String tenant(String name) {
    var fields = new JsonMapper().createObjectNode().put("name", name);
    return stores
        .rows(Aggregates.TENANTS)
        .insert(ACTOR, fields, AggregateStore.Step.NONE)
        .id();
  }

  private AuditLog.Findings verify() {
    return stores.audit().verify(Optional.empty());
  }

  @Test
  void a_log_that_nobody_touched_is_whole_from_the_start() {
    assertThat(verify().faults()).isEmpty();
    for (var i = 0; i < 5; i++) {
      tenant("t" + i);
    }
    assertThat(verify().faults()).isEmpty();
    assertThat(verify().entries()).isEqualTo(5);
  }

  @Test
  void a_head_that_was_kept_is_still_in_a_log_that_grew() {
    tenant("a");
    var head = verify().head();
    tenant("b");
    assertThat(stores.audit().verify(Optional.of(head)).faults()).isEmpty();
  }

  @Test
  void eight_writers_at_once_make_one_chain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (var writer = 0; writer < 8; writer++) {
        var name = "w" + writer + "-";
        writers.add(threads.submit(() -> {
          for (var i = 0; i < 25; i++) {
            tenant(name + i);
          }
        }));
      }
      for (var writer : writers) {
        writer.get();
      }
    }
    assertThat(verify().faults()).isEmpty();
    assertThat(verify().entries()).isEqualTo(200);
  }

  @Test
  void the_chain_is_read_by_nobody_with_another_key() {
    tenant("a");
    var other = stores("another-secret-0123456789-abcdefgh", Optional.empty());
    assertThatThrownBy(() -> other.audit().verify(Optional.empty()))
        .isInstanceOf(EncryptionKeys.CannotOpen.class);
    assertThatThrownBy(other::checkSecrets)
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("WEIR_ENCRYPTION_KEY");
  }

  @Test
  void the_chain_goes_on_through_a_rotation_of_the_encryption_key() {
    tenant("before");
    tenant("and once more");
    var next = "next-secret-0123456789-abcdefghijkl";
    var rotating = stores(next, Optional.of(SECRET));
    rotating.checkSecrets();
    assertThat(rotating.rotation().run()).isZero();
    tenant("by an instance that has the old key in memory");
    assertThat(stores(next, Optional.empty()).audit().verify(Optional.empty()).faults())
        .isEmpty();
    assertThat(List.of(verifyFailure(stores(SECRET, Optional.empty())))).isNotEmpty();
  }

  private static String verifyFailure(Stores old) {
    try {
      var _ = old.audit().verify(Optional.empty());
      throw new AssertionError("the old key still opens it");
    } catch (EncryptionKeys.CannotOpen expected) {
      return String.valueOf(expected.getMessage());
    }
  }
}
