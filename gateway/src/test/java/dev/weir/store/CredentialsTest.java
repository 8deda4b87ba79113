package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.identity.KeyHasher;
import dev.weir.it.TestPostgres;
import dev.weir.seal.EncryptionKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Provider keys at rest: sealed, bound to their row, moved to another encryption key while in use. */
class CredentialsTest {
  private static final String OLD = "fedcba9876543210fedcba9876543210";
  private static final String NEW = "next-secret-0123456789-abcdefghijkl";
  private static final KeyHasher HASHER =
      new KeyHasher("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private static final Actor ACTOR = new Actor("adm_test", Optional.empty());

  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());

  private Stores stores(String secret, Optional<String> previous) {
    return new Stores(database, HASHER, EncryptionKeys.of(secret, previous), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static String provider(Stores stores, String name, String... secrets) {
    var fields = new JsonMapper().createObjectNode();
    fields.put("name", name).put("type", "openai").put("base_url", "https://api.example.com/v1");
    return stores
        .rows(Aggregates.PROVIDERS)
        .insert(
            ACTOR,
            fields,
            (handle, id, _) -> stores.credentials().replace(handle, id, List.of(secrets)))
        .id();
  }

  @Test
  void what_was_written_is_read_and_stands_nowhere_in_clear() {
    var stores = stores(OLD, Optional.empty());
    var id = provider(stores, "one", "sk-canary-one-0001", "sk-canary-two-0002");
    assertThat(stores.credentials().open())
        .containsEntry(id, List.of("sk-canary-one-0001", "sk-canary-two-0002"));
    TestPostgres.execute(
        url,
        "DO $$ BEGIN IF EXISTS (SELECT 1 FROM provider_credentials c WHERE c::text LIKE '%canary%'"
            + " OR encode(sealed, 'escape') LIKE '%canary%') THEN RAISE 'in clear'; END IF;"
            + " IF EXISTS (SELECT 1 FROM audit_log a WHERE a::text LIKE '%canary%') THEN"
            + " RAISE 'in the audit log'; END IF; END $$");
  }

  @Test
  void envelopes_that_change_places_do_not_open() {
    var stores = stores(OLD, Optional.empty());
    provider(stores, "one", "sk-canary-one-0001");
    provider(stores, "two", "sk-canary-two-0002");
    TestPostgres.execute(
        url,
        "UPDATE provider_credentials c SET sealed = (SELECT sealed FROM provider_credentials o"
            + " WHERE o.id <> c.id)");
    assertThatThrownBy(stores.credentials()::open)
        .isInstanceOf(EncryptionKeys.CannotOpen.class)
        .hasMessageContaining("another row")
        .hasMessageNotContaining("canary");
  }

  @Test
  void a_row_that_is_given_to_another_provider_does_not_open() {
    var stores = stores(OLD, Optional.empty());
    provider(stores, "one", "sk-canary-one-0001");
    var other = provider(stores, "two");
    TestPostgres.execute(url, "UPDATE provider_credentials SET provider_id = '" + other + "'");
    assertThatThrownBy(stores.credentials()::open).isInstanceOf(EncryptionKeys.CannotOpen.class);
  }

  @Test
  void one_changed_bit_anywhere_does_not_open() {
    var stores = stores(OLD, Optional.empty());
    provider(stores, "one", "sk-canary-one-0001");
    for (var at = 0; at < 100; at += 9) {
      var flip = "UPDATE provider_credentials SET sealed = set_bit(sealed, " + (8 * at)
          + ", 1 - get_bit(sealed, " + (8 * at) + "))";
      TestPostgres.execute(url, flip);
      assertThatThrownBy(stores.credentials()::open)
          .as("byte " + at)
          .isInstanceOf(EncryptionKeys.CannotOpen.class);
      TestPostgres.execute(url, flip);
    }
    assertThat(stores.credentials().open()).hasSize(1);
  }

  @Test
  void a_rotation_goes_on_where_it_stopped_while_instances_work() {
    var before = stores(OLD, Optional.empty());
    var one = provider(before, "one", "sk-canary-one-0001");
    var rolled = stores(NEW, Optional.of(OLD));
    rolled.checkSecrets();
    // until the rotation is run, what is new is sealed so that instances not yet restarted read it
    provider(rolled, "two", "sk-canary-two-0002");
    assertThat(before.credentials().open()).hasSize(2);
    // it stopped after the first row
    assertThat(rolled.rotation().run()).isEqualTo(2);
    var three = provider(rolled, "three", "sk-canary-three-03");
    assertThat(rolled.rotation().left()).isZero();
    assertThat(rolled.rotation().run()).isZero();
    var after = stores(NEW, Optional.empty());
    after.checkSecrets();
    assertThat(after.credentials().open())
        .containsEntry(one, List.of("sk-canary-one-0001"))
        .containsEntry(three, List.of("sk-canary-three-03"));
    assertThat(after.audit().verify(Optional.empty()).faults()).isEmpty();
    assertThatThrownBy(before.credentials()::open).isInstanceOf(EncryptionKeys.CannotOpen.class);
  }

  @Test
  void a_rotation_that_broke_off_is_taken_up_again() {
    var before = stores(OLD, Optional.empty());
    for (var i = 0; i < 3; i++) {
      provider(before, "p" + i, "sk-canary-" + i + "-0001");
    }
    // one envelope that cannot be opened stops it in the middle
    TestPostgres.execute(
        url,
        "CREATE TABLE kept AS SELECT * FROM provider_credentials ORDER BY id DESC LIMIT 1;"
            + " UPDATE provider_credentials SET sealed = set_byte(sealed, 70, 0) WHERE id ="
            + " (SELECT id FROM kept); UPDATE provider_credentials SET sealed ="
            + " set_byte(sealed, 71, 0) WHERE id = (SELECT id FROM kept)");
    var rolled = stores(NEW, Optional.of(OLD));
    rolled.checkSecrets();
    TestPostgres.execute(
        url,
        "UPDATE provider_credentials c SET sealed = set_byte(c.sealed, 30, (get_byte(c.sealed, 30)"
            + " + 1) % 256) FROM kept k WHERE k.id = c.id");
    assertThatThrownBy(() -> rolled.rotation().run()).isInstanceOf(EncryptionKeys.CannotOpen.class);
    TestPostgres.execute(
        url, "UPDATE provider_credentials c SET sealed = k.sealed FROM kept k WHERE k.id = c.id");
    var _ = rolled.rotation().run();
    assertThat(rolled.rotation().left()).isZero();
    assertThat(stores(NEW, Optional.empty()).credentials().open()).hasSize(3);
  }
}
