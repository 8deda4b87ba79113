package dev.weir.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What links the audit log's entries: each hash is an HMAC-SHA-256 over its entry and the hash before it, and the head's is one
 * over the last, so that only who has the key can end the chain elsewhere. Safe for many threads.
 */
final class AuditChain {
  /** The hash before the first entry. */
  static final byte[] START = new byte[32];

  private final SecretKeySpec key;

  AuditChain(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The hash of an entry. */
  byte[] entry(AuditEntry entry, byte[] before) {
    return mac("entry", before, entry.parts());
  }

  /** The seal of the head that stands at this entry. */
  byte[] head(long seq, byte[] last) {
    return mac("head", last, List.of(Long.toString(seq)));
  }

  // each part with its length: no two entries may give the same bytes
  private byte[] mac(String use, byte[] before, List<String> parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(use.getBytes(UTF_8));
      mac.update(before);
      for (var part : parts) {
        var bytes = part.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
