package dev.weir.store;

import dev.weir.seal.EncryptionKey;
import dev.weir.seal.EncryptionKeys;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings everything that is sealed under the configured encryption key, while instances that know both keys work on. Only data
 * keys are encrypted anew. It may be stopped anywhere and run again. Safe for many threads.
 */
public final class EncryptionRotation {
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final ChangeLog changes;
  private final EncryptionKeys keys;

  EncryptionRotation(Transactions transactions, ChangeLog changes, EncryptionKeys keys) {
    this.transactions = transactions;
    this.changes = changes;
    this.keys = keys;
  }

  /** How many envelopes are not under the configured key yet. */
  public long left() {
    return transactions.run(handle -> handle
        .createQuery("SELECT count(*) FROM provider_credentials"
            + " WHERE substring(sealed FROM 2 FOR 8) <> :id")
        .bind("id", keys.configured().id())
        .mapTo(Long.class)
        .one());
  }

  /**
   * Rewraps.
   *
   * @return how many credentials were rewrapped
   * @throws StoreFailure when the database is under a key that is not known here
   * @throws EncryptionKeys.CannotOpen when one of them cannot be opened; those before it stay rewrapped
   */
  public long run() {
    changes.change(this::begin);
    var total = 0L;
    for (var moved = batch(); moved > 0; moved = batch()) {
      total += moved;
    }
    return total;
  }

  // from here on what is new is sealed under the new key, by whichever instance
  private boolean begin(Handle handle) {
    var to = keys.configured();
    var from = Installation.writeKey(handle, keys);
    rewrapAuditKey(handle, to);
    if (EncryptionKey.same(from, to)) {
      return false;
    }
    handle.execute("UPDATE installation SET encryption_check = ? WHERE id = 1", to.fingerprint());
    changes.record(
        handle,
        new Change(
            "command:keys rotate-encryption",
            "rotate",
            "installation",
            "encryption_key",
            Optional.empty(),
            new JsonMapper().createObjectNode()));
    return true;
  }

  private void rewrapAuditKey(Handle handle, EncryptionKey to) {
    handle
        .createQuery("SELECT audit_key FROM installation WHERE id = 1 AND audit_key IS NOT NULL")
        .mapTo(byte[].class)
        .findOne()
        .filter(envelope -> !EncryptionKeys.under(envelope, to))
        .ifPresent(envelope -> handle.execute(
            "UPDATE installation SET audit_key = ? WHERE id = 1",
            keys.rewrap(envelope, AuditKey.IDENTITY, to)));
  }

  private record Old(String id, String providerId, byte[] envelope) {}

  private int batch() {
    var to = keys.configured();
    return changes.change(handle -> {
      var batch = handle
          .createQuery("SELECT id, provider_id, sealed FROM provider_credentials"
              + " WHERE substring(sealed FROM 2 FOR 8) <> :id ORDER BY id LIMIT " + BATCH)
          .bind("id", to.id())
          .map((row, _) ->
              new Old(row.getString("id"), row.getString("provider_id"), row.getBytes("sealed")))
          .list();
      for (var old : batch) {
        var identity = Credentials.identity(old.id(), old.providerId());
        handle.execute(
            "UPDATE provider_credentials SET sealed = ? WHERE id = ?",
            keys.rewrap(old.envelope(), identity, to),
            old.id());
      }
      return batch.size();
    });
  }
}
