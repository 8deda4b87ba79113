package dev.weir.store;

import dev.weir.seal.EncryptionKeys;
import java.security.SecureRandom;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The key of the audit chain: random, made with the first entry, and kept in the database in an envelope, so that it stays
 * when the encryption key is rotated. Safe for many threads.
 */
final class AuditKey {
  static final String IDENTITY = "installation/audit_key";
  private static final int BYTES = 32;

  private final EncryptionKeys keys;
  private volatile @Nullable AuditChain chain;

  AuditKey(EncryptionKeys keys) {
    this.keys = keys;
  }

  /** The chain under this database's key, which is made where there is none; within a change, which is alone. */
  AuditChain chain(Handle handle) {
    var known = chain;
    if (known != null) {
      return known;
    }
    var stored = opened(handle);
    if (stored.isEmpty()) {
      // remembered only once it was read back: this transaction may yet be undone
      return make(handle);
    }
    chain = stored.get();
    return stored.get();
  }

  /** The chain under the key that is stored; empty when nothing was ever written. */
  Optional<AuditChain> opened(Handle handle) {
    return handle
        .createQuery("SELECT audit_key FROM installation WHERE id = 1 AND audit_key IS NOT NULL")
        .mapTo(byte[].class)
        .findOne()
        .map(envelope -> new AuditChain(keys.open(envelope, IDENTITY)));
  }

  private AuditChain make(Handle handle) {
    var key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    handle.execute(
        "UPDATE installation SET audit_key = ? WHERE id = 1",
        Installation.writeKey(handle, keys).seal(key, IDENTITY));
    return new AuditChain(key);
  }
}
