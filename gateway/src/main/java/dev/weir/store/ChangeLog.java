package dev.weir.store;

import dev.weir.seal.EncryptionKeys;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every change owes besides itself: its row in the audit log. The only way to change anything. Safe for many threads.
 *
 * <p>A change holds the head of the audit log from its first statement to its commit, so that changes happen one after the
 * other on all instances together, and the audit log has the order of the commits. What other instances hear of it is the
 * database's own work (triggers).
 */
public final class ChangeLog {
  private static final JsonMapper JSON = new JsonMapper();

  private final Transactions transactions;
  private final AuditKey auditKey;
  private final Clock clock;

  public ChangeLog(Transactions transactions, EncryptionKeys keys, Clock clock) {
    this.transactions = transactions;
    this.auditKey = new AuditKey(keys);
    this.clock = clock;
  }

  /** Runs a change: a transaction that is alone, which may be run again after a conflict. */
  <T> T change(Function<Handle, T> work) {
    return transactions.run(handle -> {
      handle.execute("SELECT 1 FROM audit_head WHERE id = 1 FOR UPDATE");
      return work.apply(handle);
    });
  }

  /** Writes down what was changed, in the transaction of the change. */
  void record(Handle handle, Change change) {
    var chain = auditKey.chain(handle);
    var before = handle
        .createQuery("SELECT h.seq, l.hash FROM audit_head h LEFT JOIN audit_log l ON l.seq = h.seq"
            + " WHERE h.id = 1")
        .map((row, _) -> new Head(row.getLong("seq"), row.getBytes("hash")))
        .one();
    var entry = new AuditEntry(
        before.seq() + 1,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        change.actor(),
        change.action(),
        change.resource(),
        change.id(),
        change.tenant(),
        JSON.writeValueAsString(change.fields()));
    insert(handle, entry, chain.entry(entry, before.hash()), chain);
  }

  /** The configuration file that last wrote a row. */
  Optional<String> file(Handle handle, String table, Row row) {
    return handle
        .createQuery("""
            SELECT actor FROM audit_log
             WHERE tenant_id IS NOT DISTINCT FROM :tenant AND resource = :table
               AND resource_id = :id AND actor LIKE :files
             ORDER BY seq DESC LIMIT 1
            """)
        .bind("tenant", row.tenant().orElse(null))
        .bind("table", table)
        .bind("id", row.id())
        .bind("files", Actor.FILE + "%")
        .mapTo(String.class)
        .findFirst()
        .map(actor -> actor.substring(Actor.FILE.length()));
  }

  private record Head(long seq, byte[] last) {
    /** Of the entry it stands at. */
    byte[] hash() {
      return seq == 0 || last == null ? AuditChain.START : last;
    }
  }

  private static void insert(Handle handle, AuditEntry entry, byte[] hash, AuditChain chain) {
    handle.execute(
        """
        INSERT INTO audit_log (seq, at, actor, action, resource, resource_id, tenant_id, change, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entry.seq(),
        entry.at().atOffset(ZoneOffset.UTC),
        entry.actor(),
        entry.action(),
        entry.resource(),
        entry.resourceId(),
        entry.tenantId().orElse(null),
        entry.change(),
        hash);
    handle.execute(
        "UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1",
        entry.seq(),
        chain.head(entry.seq(), hash));
  }
}
