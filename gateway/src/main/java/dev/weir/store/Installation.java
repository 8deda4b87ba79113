package dev.weir.store;

import dev.weir.identity.KeyHasher;
import dev.weir.seal.EncryptionKey;
import dev.weir.seal.EncryptionKeys;
import java.security.MessageDigest;
import org.jdbi.v3.core.Handle;

/** What ties a database to an installation's secrets. Safe for many threads. */
public final class Installation {
  private static final String RESTORE =
      "Start with the secrets.env (or the environment) of the first instance.";

  private final Transactions transactions;

  public Installation(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Ties a fresh database to these secrets, and checks of any other that they fit.
   *
   * @throws StoreFailure saying which of them does not
   */
  public void check(KeyHasher hasher, EncryptionKeys keys) {
    transactions.run(handle -> {
      handle.execute(
          "UPDATE installation SET pepper_check = ? WHERE id = 1 AND pepper_check IS NULL",
          hasher.fingerprint());
      if (!MessageDigest.isEqual(read(handle, "pepper_check"), hasher.fingerprint())) {
        throw new StoreFailure(
            "WEIR_KEY_PEPPER is not the one this database was written with, so that no key in it"
                + " could be checked.\n" + RESTORE);
      }
      return writeKey(handle, keys);
    });
  }

  /**
   * The key that everything new is sealed under: the one the database is at, which during a rotation is still the old one.
   *
   * @throws StoreFailure when this instance does not know it
   */
  static EncryptionKey writeKey(Handle handle, EncryptionKeys keys) {
    handle.execute(
        "UPDATE installation SET encryption_check = ? WHERE id = 1 AND encryption_check IS NULL",
        keys.configured().fingerprint());
    return keys.matching(read(handle, "encryption_check"))
        .orElseThrow(() -> new StoreFailure(
            "WEIR_ENCRYPTION_KEY is not the one this database was written with, so that no"
                + " credential in it could be read.\n" + RESTORE
                + "\nWhile keys are rotated, WEIR_ENCRYPTION_KEY_PREVIOUS holds the old one."));
  }

  private static byte[] read(Handle handle, String column) {
    return handle
        .createQuery("SELECT pepper_check, encryption_check FROM installation WHERE id = 1")
        .map((row, _) -> row.getBytes(column))
        .one();
  }
}
