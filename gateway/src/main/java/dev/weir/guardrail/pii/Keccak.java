package dev.weir.guardrail.pii;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Keccak-256 as Ethereum uses it: the submission of 2011, whose padding differs from SHA3-256 of FIPS 202. Stateless.
 */
final class Keccak {
  private static final int RATE = 136;
  private static final long[] ROUND = roundConstants();

  private Keccak() {}

  /** Whether an address's capitals are those of EIP-55. */
  static boolean checksums(String hex) {
    var hash = hash(hex.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 40; i++) {
      char c = hex.charAt(i);
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
      if (c > '9' && (c >= 'a') == (nibble >= 8)) {
        return false;
      }
    }
    return true;
  }

  /** @param bytes shorter than one block of 136 bytes */
  static byte[] hash(byte[] bytes) {
    var state = new long[25];
    for (int i = 0; i < bytes.length; i++) {
      state[i / 8] ^= (bytes[i] & 0xFFL) << (8 * (i % 8));
    }
    state[bytes.length / 8] ^= 1L << (8 * (bytes.length % 8));
    state[(RATE - 1) / 8] ^= 0x80L << 56;
    permute(state);
    var hash = new byte[32];
    for (int i = 0; i < 32; i++) {
      hash[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
    }
    return hash;
  }

  private static void permute(long[] a) {
    var c = new long[5];
    for (long constant : ROUND) {
      for (int x = 0; x < 5; x++) {
        c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
      }
      for (int i = 0; i < 25; i++) {
        a[i] ^= c[(i + 4) % 5] ^ Long.rotateLeft(c[(i + 1) % 5], 1);
      }
      turn(a);
      for (int y = 0; y < 25; y += 5) {
        System.arraycopy(a, y, c, 0, 5);
        for (int x = 0; x < 5; x++) {
          a[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
        }
      }
      a[0] ^= constant;
    }
  }

  /** The steps rho and pi: each lane is rotated and moves to its next place. */
  private static void turn(long[] a) {
    long carried = a[1];
    int x = 1;
    int y = 0;
    for (int t = 0; t < 24; t++) {
      int next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
      long kept = a[x + 5 * y];
      a[x + 5 * y] = Long.rotateLeft(carried, (t + 1) * (t + 2) / 2 % 64);
      carried = kept;
    }
  }

  private static long[] roundConstants() {
    var constants = new long[24];
    int register = 1;
    for (int round = 0; round < 24; round++) {
      for (int bit = 0; bit < 7; bit++) {
        constants[round] |= (register & 1L) << ((1 << bit) - 1);
        register = (register << 1) ^ ((register >> 7) * 0x171);
      }
    }
    return constants;
  }
}
