package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.KeyHasher;
import dev.weir.it.TestPostgres;
import dev.weir.seal.EncryptionKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who writes into the database by hand, and has no key, is found out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTamperTest {
  private static final String SECRET = "fedcba9876543210fedcba9876543210";
  private static final KeyHasher HASHER =
      new KeyHasher("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private static final Actor ACTOR = new Actor("adm_test", Optional.empty());

  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  private final Stores stores =
      new Stores(database, HASHER, EncryptionKeys.of(SECRET, Optional.empty()), Clock.systemUTC());

  AuditTamperTest() {
    for (var i = 0; i < 5; i++) {
      var fields = new JsonMapper().createObjectNode().put("name", "t" + i);
      var _ = stores.rows(Aggregates.TENANTS).insert(ACTOR, fields, AggregateStore.Step.NONE);
    }
    TestPostgres.execute(
        url,
        "CREATE TABLE kept_log AS SELECT * FROM audit_log;"
            + " CREATE TABLE kept_head AS SELECT * FROM audit_head");
  }

  private AuditLog.Findings verify() {
    return stores.audit().verify(Optional.empty());
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET change = '{}' WHERE seq = 3",
        "UPDATE audit_log SET actor = 'adm_other' WHERE seq = 1",
        "UPDATE audit_log SET at = at + interval '1 microsecond' WHERE seq = 5",
        "UPDATE audit_log SET tenant_id = NULL WHERE seq = 2",
        "UPDATE audit_log SET hash = decode(repeat('00', 32), 'hex') WHERE seq = 4",
        "DELETE FROM audit_log WHERE seq = 1",
        "DELETE FROM audit_log WHERE seq = 3",
        "DELETE FROM audit_log WHERE seq = 5",
        "DELETE FROM audit_log WHERE seq > 2",
        "DELETE FROM audit_log",
        // the rest moves up
        "DELETE FROM audit_log WHERE seq = 2; UPDATE audit_log SET seq = seq - 1 WHERE seq > 2;"
            + " UPDATE audit_head SET seq = 4",
        // two change places
        "UPDATE audit_log SET seq = 99 WHERE seq = 2; UPDATE audit_log SET seq = 2 WHERE seq = 3;"
            + " UPDATE audit_log SET seq = 3 WHERE seq = 99",
        // cut, and the head moved back as far as one can without the key
        "DELETE FROM audit_log WHERE seq > 3; UPDATE audit_head"
            + " SET seq = 3, hash = (SELECT hash FROM audit_log WHERE seq = 3)",
        "DELETE FROM audit_log; UPDATE audit_head SET seq = 0, hash = '\\x'",
        // one more that Weir did not write
        "INSERT INTO audit_log SELECT 6, at, actor, action, resource, resource_id, tenant_id, change,"
            + " hash FROM audit_log WHERE seq = 5",
        "INSERT INTO audit_log SELECT 6, at, actor, action, resource, resource_id, tenant_id, change,"
            + " hash FROM audit_log WHERE seq = 5; UPDATE audit_head SET seq = 6"
      })
  void what_is_written_by_hand_is_found(String tampering) {
    var head = verify().head();
    TestPostgres.execute(url, tampering);
    try {
      var found = stores.audit().verify(Optional.of(head)).faults();
      assertThat(found).as(tampering).isNotEmpty();
      assertThat(verify().faults()).as(tampering).isNotEmpty();
    } finally {
      TestPostgres.execute(
          url,
          "TRUNCATE audit_log, audit_head; INSERT INTO audit_log SELECT * FROM kept_log;"
              + " INSERT INTO audit_head SELECT * FROM kept_head");
    }
    assertThat(verify().faults()).isEmpty();
  }
}
