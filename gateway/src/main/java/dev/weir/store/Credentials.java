package dev.weir.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.seal.EncryptionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The keys that providers ask of us: written in envelopes, read by nobody but the data plane. Safe for many threads. */
public final class Credentials {
  private static final int SHORTEST_SHOWN = 12;

  private final Transactions transactions;
  private final EncryptionKeys keys;

  Credentials(Transactions transactions, EncryptionKeys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /** What an envelope is bound to: it opens in this row, of this provider, and nowhere else. */
  static String identity(String id, String providerId) {
    return "provider_credentials/" + id + "/" + providerId;
  }

  /** Has a provider's credentials be these and no others; within a change. */
  public void replace(Handle handle, String providerId, List<String> secrets) {
    handle.execute("DELETE FROM provider_credentials WHERE provider_id = ?", providerId);
    var key = Installation.writeKey(handle, keys);
    for (var secret : secrets) {
      var id = Ids.next("cred");
      // of a document the end says nothing
      var shown = secret.length() < SHORTEST_SHOWN || secret.startsWith("{")
          ? ""
          : secret.substring(secret.length() - 4);
      handle.execute(
          """
          INSERT INTO provider_credentials (id, provider_id, sealed, last4, created_at)
          VALUES (?, ?, ?, ?, clock_timestamp())
          """, id, providerId, key.seal(secret.getBytes(UTF_8), identity(id, providerId)), shown);
    }
  }

  /** Deletes a provider's credentials for good; within a change. */
  public static void forget(Handle handle, String providerId) {
    handle.execute("DELETE FROM provider_credentials WHERE provider_id = ?", providerId);
  }

  private record Sealed(String id, String providerId, byte[] envelope) {}

  /**
   * All credentials, opened, by the id of their provider, oldest first.
   *
   * @throws EncryptionKeys.CannotOpen when one was changed, moved to another row, or is under a key that is not known here
   */
  public Map<String, List<String>> open() {
    var opened = new TreeMap<String, List<String>>();
    for (var row : transactions.run(Credentials::read)) {
      var secret = keys.open(row.envelope(), identity(row.id(), row.providerId()));
      opened
          .computeIfAbsent(row.providerId(), _ -> new ArrayList<>())
          .add(new String(secret, UTF_8));
    }
    return opened;
  }

  private static List<Sealed> read(Handle handle) {
    return handle
        .createQuery("SELECT id, provider_id, sealed FROM provider_credentials"
            + " ORDER BY provider_id, created_at, id")
        .map((row, _) ->
            new Sealed(row.getString("id"), row.getString("provider_id"), row.getBytes("sealed")))
        .list();
  }
}
