package dev.weir.seal;

import java.nio.ByteBuffer;

/**
 * What stands in a row: which key wraps the data key, the wrapped data key, and the secret under it. Immutable by contract.
 *
 * <p>Bytes: version 1, key id (8), nonce (12) and wrapped key (48), nonce (12), ciphertext with its tag.
 */
record Envelope(byte[] keyId, byte[] wrapNonce, byte[] wrapped, byte[] nonce, byte[] ciphertext) {
  static final int KEY_ID = 8;
  static final int NONCE = 12;
  static final int TAG = 16;
  static final int DATA_KEY = 32;
  private static final byte VERSION = 1;
  private static final int HEAD = 1 + KEY_ID + NONCE + DATA_KEY + TAG + NONCE;

  static Envelope read(byte[] bytes) {
    if (bytes.length < HEAD + TAG || bytes[0] != VERSION) {
      throw new EncryptionKeys.CannotOpen("it is no envelope of this version");
    }
    var in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    return new Envelope(
        take(in, KEY_ID),
        take(in, NONCE),
        take(in, DATA_KEY + TAG),
        take(in, NONCE),
        take(in, in.remaining()));
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + ciphertext.length)
        .put(VERSION)
        .put(keyId)
        .put(wrapNonce)
        .put(wrapped)
        .put(nonce)
        .put(ciphertext)
        .array();
  }

  private static byte[] take(ByteBuffer in, int length) {
    var part = new byte[length];
    in.get(part);
    return part;
  }
}
