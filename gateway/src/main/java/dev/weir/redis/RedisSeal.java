package dev.weir.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is left in Redis with AES-256-GCM (NIST SP 800-38D), each for the name it is stored under: what somebody else
 * wrote there, or moved from another name, does not open. Safe for many threads.
 *
 * <p>Bytes: nonce (12), ciphertext with its tag (16).
 */
public final class RedisSeal {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /**
   * @param key 32 bytes that all instances of an installation have, and nobody else
   */
  public RedisSeal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Seals a value for a name. */
  public byte[] seal(byte[] value, String name) {
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, name);
      var sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(value.length));
      cipher.doFinal(value, 0, value.length, sealed, NONCE);
      return sealed;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The value; empty when it was not sealed by this installation for this name. */
  public Optional<byte[]> open(byte[] sealed, String name) {
    if (sealed.length < NONCE) {
      return Optional.empty();
    }
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), name)
          .doFinal(sealed, NONCE, sealed.length - NONCE));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(UTF_8));
    return cipher;
  }
}
