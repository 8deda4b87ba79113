package dev.weir.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key-encryption key: seals secrets with AES-256-GCM (NIST SP 800-38D), each under a data key of its own. Immutable,
 * safe for many threads.
 *
 * <p>The identity of the row is associated data of both layers: an envelope that is moved to another row does not open.
 */
public final class EncryptionKey {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TAG_BITS = 8 * Envelope.TAG;

  private final SecretKeySpec wrapping;
  private final byte[] id;
  private final byte[] fingerprint;

  private EncryptionKey(byte[] secret) {
    this.wrapping = new SecretKeySpec(derive(secret, "weir/key-encryption"), "AES");
    this.id = Arrays.copyOf(derive(secret, "weir/key-id"), Envelope.KEY_ID);
    this.fingerprint = derive(secret, "weir/encryption-check");
  }

  static EncryptionKey of(byte[] secret) {
    return new EncryptionKey(secret);
  }

  /** What envelopes under it begin with after their version: 8 bytes, no secret. */
  public byte[] id() {
    return id.clone();
  }

  /** Whether both are the same key. */
  public static boolean same(EncryptionKey one, EncryptionKey other) {
    return MessageDigest.isEqual(one.fingerprint, other.fingerprint);
  }

  /** Tells whether a database was written under this key: 32 bytes, of no use for anything else. */
  public byte[] fingerprint() {
    return fingerprint.clone();
  }

  /** Seals a secret for the row of this identity. */
  public byte[] seal(byte[] secret, String identity) {
    var dataKey = random(Envelope.DATA_KEY);
    var nonce = random(Envelope.NONCE);
    var key = new SecretKeySpec(dataKey, "AES");
    return wrap(dataKey, nonce, run(Cipher.ENCRYPT_MODE, key, nonce, secret, identity), identity)
        .bytes();
  }

  Envelope wrap(byte[] dataKey, byte[] nonce, byte[] ciphertext, String identity) {
    var wrapNonce = random(Envelope.NONCE);
    var wrapped = run(Cipher.ENCRYPT_MODE, wrapping, wrapNonce, dataKey, identity);
    return new Envelope(id(), wrapNonce, wrapped, nonce, ciphertext);
  }

  byte[] unwrap(Envelope sealed, String identity) {
    return run(Cipher.DECRYPT_MODE, wrapping, sealed.wrapNonce(), sealed.wrapped(), identity);
  }

  byte[] open(Envelope sealed, String identity) {
    var key = new SecretKeySpec(unwrap(sealed, identity), "AES");
    return run(Cipher.DECRYPT_MODE, key, sealed.nonce(), sealed.ciphertext(), identity);
  }

  private static byte[] run(
      int mode, SecretKeySpec key, byte[] nonce, byte[] input, String identity) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(identity.getBytes(UTF_8));
      return cipher.doFinal(input);
    } catch (AEADBadTagException tampered) {
      throw new EncryptionKeys.CannotOpen("it was changed, or sealed for another row");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] derive(byte[] secret, String use) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(use.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
