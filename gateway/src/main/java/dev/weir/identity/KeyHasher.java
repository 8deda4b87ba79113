package dev.weir.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) under keys derived from the installation's pepper. Safe for many threads.
 *
 * <p>Each use has a key of its own, so that no value made for one use is of any worth in another.
 */
public final class KeyHasher {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac hash;
  private final Mac checksum;
  private final Mac fingerprint;
  private final byte[] sharing;

  /**
   * @param pepper at least 32 bytes of randomness
   */
  public KeyHasher(byte[] pepper) {
    if (pepper.length < 32) {
      throw new IllegalArgumentException("the pepper must have at least 32 bytes");
    }
    var root = mac(pepper);
    this.hash = mac(derive(root, "weir/key-hash"));
    this.checksum = mac(derive(root, "weir/key-checksum"));
    this.fingerprint = mac(derive(root, "weir/fingerprint"));
    this.sharing = derive(root, "weir/shared-cache");
  }

  /** What the store keeps of a key or token: 32 bytes. */
  public byte[] hash(String key) {
    return of(hash, key);
  }

  /** What lets a mistyped or invented key be refused without a look-up: 32 bytes. */
  byte[] checksum(String text) {
    return of(checksum, text);
  }

  /** Tells whether a database was written under this pepper: 32 bytes. */
  public byte[] fingerprint() {
    return of(fingerprint, "pepper");
  }

  /** Seals what instances of this installation share: 32 bytes. */
  public byte[] sharingKey() {
    return sharing.clone();
  }

  /** Compares in a time that does not depend on where they differ. */
  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  private static byte[] derive(Mac root, String use) {
    return of(root, use);
  }

  private static byte[] of(Mac keyed, String text) {
    try {
      // a keyed Mac is copied because one instance serves one thread at a time
      return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Mac mac(byte[] key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
