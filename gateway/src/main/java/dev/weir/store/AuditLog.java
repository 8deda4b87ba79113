package dev.weir.store;

import dev.weir.seal.EncryptionKeys;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads the audit log and proves it whole. Safe for many threads. */
public final class AuditLog {
  private static final int BATCH = 1000;

  private final Transactions transactions;
  private final EncryptionKeys keys;

  AuditLog(Transactions transactions, EncryptionKeys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /** An entry with its hash. */
  public record Linked(AuditEntry entry, byte[] hash) {}

  /**
   * A page of the entries an actor may see, oldest first.
   *
   * @param after the sequence number that the page before ended with; 0: from the start
   */
  public Page<Linked> list(Actor actor, Optional<String> tenant, long after, int limit) {
    if (actor.tenant().isPresent() && tenant.isPresent() && !actor.tenant().equals(tenant)) {
      return new Page<>(List.of(), Optional.empty());
    }
    var wanted = actor.tenant().or(() -> tenant);
    var found = transactions.run(handle -> read(handle, wanted, after, limit + 1));
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    var last = found.get(limit - 1).entry().seq();
    return new Page<>(found.subList(0, limit), Optional.of(Long.toString(last)));
  }

  /**
   * What was found wrong.
   *
   * @param entries how many entries there are
   * @param head sequence number and seal of the last, to be kept elsewhere: a later log must still hold it
   * @param faults in sentences; empty when the log is whole
   */
  public record Findings(long entries, String head, List<String> faults) {
    public Findings {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Follows the chain from its start to its head.
   *
   * @param kept a head of an earlier verification, which the log must still hold: what not even the key's owner can forge
   * @throws EncryptionKeys.CannotOpen when the encryption key does not fit
   */
  public Findings verify(Optional<String> kept) {
    return transactions.run(handle -> {
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      var opened = new AuditKey(keys).opened(handle);
      var check = new AuditCheck(opened.orElseGet(AuditLog::unopened), kept);
      if (opened.isPresent() && read(handle, Optional.empty(), 0, 1).isEmpty()) {
        check.fault("the log is empty, but was written to");
      }
      List<Linked> batch;
      do {
        batch = read(handle, Optional.empty(), check.seq(), BATCH);
        batch.forEach(check::next);
      } while (!batch.isEmpty());
      return handle
          .createQuery("SELECT seq, hash FROM audit_head WHERE id = 1")
          .map((row, _) -> check.end(row.getLong("seq"), row.getBytes("hash")))
          .one();
    });
  }

  // a log without a key is good only while it is empty
  private static AuditChain unopened() {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new AuditChain(key);
  }

  private static List<Linked> read(Handle handle, Optional<String> tenant, long after, int limit) {
    var query = handle
        .createQuery("SELECT seq, at, actor, action, resource, resource_id, tenant_id, change, hash"
            + " FROM audit_log WHERE seq > :after"
            + (tenant.isPresent() ? " AND tenant_id = :tenant" : "")
            + " ORDER BY seq LIMIT :limit")
        .bind("after", after)
        .bind("limit", limit);
    tenant.ifPresent(id -> query.bind("tenant", id));
    return query.map((row, _) -> linked(row)).list();
  }

  private static Linked linked(ResultSet row) throws SQLException {
    var entry = new AuditEntry(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("resource"),
        row.getString("resource_id"),
        Optional.ofNullable(row.getString("tenant_id")),
        row.getString("change"));
    return new Linked(entry, row.getBytes("hash"));
  }

  /** One walk along the chain. */
  private static final class AuditCheck {
    private static final int MOST_FAULTS = 20;

    private final AuditChain chain;
    private final Optional<String> kept;
    private final List<String> faults = new ArrayList<>();
    private byte[] before = AuditChain.START;
    private long seq;
    private long entries;
    private boolean keptSeen;

    AuditCheck(AuditChain chain, Optional<String> kept) {
      this.chain = chain;
      this.kept = kept;
      this.keptSeen = kept.isEmpty();
    }

    long seq() {
      return seq;
    }

    void next(Linked linked) {
      var entry = linked.entry();
      if (entry.seq() != seq + 1) {
        fault("entries " + (seq + 1) + " to " + (entry.seq() - 1) + " are missing");
      }
      if (!MessageDigest.isEqual(linked.hash(), chain.entry(entry, before))) {
        fault("entry " + entry.seq()
            + " is not what was written, or does not follow the one before it");
      }
      // from here on by what stands there: one fault is reported once
      before = linked.hash();
      seq = entry.seq();
      entries++;
      keptSeen = keptSeen || kept.orElse("").equals(headText(seq, chain.head(seq, before)));
    }

    Findings end(long headSeq, byte[] head) {
      if (headSeq > seq) {
        fault("the log ends at entry " + seq + ", but was written up to " + headSeq);
      } else if (headSeq < seq) {
        fault("entries after " + headSeq + " were not written by Weir");
      } else if (seq > 0 && !MessageDigest.isEqual(head, chain.head(seq, before))) {
        fault("the head does not fit entry " + seq + ": the log was cut there");
      }
      if (!keptSeen) {
        fault("the head that was kept is not in the log: it was cut or replaced since");
      }
      return new Findings(entries, headText(headSeq, head), faults);
    }

    void fault(String text) {
      if (faults.size() < MOST_FAULTS) {
        faults.add(text);
      }
    }

    private static String headText(long seq, byte[] head) {
      return seq + ":" + HexFormat.of().formatHex(head);
    }
  }
}
