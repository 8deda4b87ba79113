package dev.weir.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key-encryption keys an instance knows: the one it is configured with and, while keys are being rotated, the one before.
 * Immutable, safe for many threads.
 */
public final class EncryptionKeys {
  private final List<EncryptionKey> known;

  private EncryptionKeys(List<EncryptionKey> known) {
    this.known = List.copyOf(known);
  }

  /**
   * @param secret of the installation, at least 32 characters at random
   * @param previous the secret that it replaces; empty outside a rotation
   */
  public static EncryptionKeys of(String secret, Optional<String> previous) {
    var keys = new ArrayList<EncryptionKey>();
    keys.add(EncryptionKey.of(secret.getBytes(UTF_8)));
    previous.ifPresent(old -> keys.add(EncryptionKey.of(old.getBytes(UTF_8))));
    return new EncryptionKeys(keys);
  }

  /** The key that the configuration wants to be used. */
  public EncryptionKey configured() {
    return known.getFirst();
  }

  /** The key a database was last written under, by its fingerprint; empty when it is not known here. */
  public Optional<EncryptionKey> matching(byte[] fingerprint) {
    return known.stream()
        .filter(key -> MessageDigest.isEqual(key.fingerprint(), fingerprint))
        .findFirst();
  }

  /**
   * Opens an envelope, whichever of the known keys it is under.
   *
   * @param identity of the row it stands in, as it was given when it was sealed
   * @throws CannotOpen when no known key opens it, or it was sealed for another row
   */
  public byte[] open(byte[] envelope, String identity) {
    return keyOf(envelope).open(Envelope.read(envelope), identity);
  }

  /** The same secret under another key; the data itself is not encrypted anew. */
  public byte[] rewrap(byte[] envelope, String identity, EncryptionKey to) {
    var sealed = Envelope.read(envelope);
    var dataKey = keyOf(envelope).unwrap(sealed, identity);
    return to.wrap(dataKey, sealed.nonce(), sealed.ciphertext(), identity).bytes();
  }

  /** Whether an envelope is under this key. */
  public static boolean under(byte[] envelope, EncryptionKey key) {
    return MessageDigest.isEqual(Envelope.read(envelope).keyId(), key.id());
  }

  private EncryptionKey keyOf(byte[] envelope) {
    var id = Envelope.read(envelope).keyId();
    return known.stream()
        .filter(key -> MessageDigest.isEqual(key.id(), id))
        .findFirst()
        .orElseThrow(() -> new CannotOpen("it is under a key that is not known here"));
  }

  /** An envelope cannot be opened here; says why, without any of its content. */
  public static final class CannotOpen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotOpen(String reason) {
      super(reason);
    }
  }
}
