package dev.weir.protocol.json;

import java.security.SecureRandom;

/**
 * SipHash-1-3 under a key drawn at start: a client cannot choose names that collide.
 *
 * <p>Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.
 */
final class SipHash {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long K0 = RANDOM.nextLong();
  private static final long K1 = RANDOM.nextLong();

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  private SipHash(long k0, long k1) {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
  }

  static long hash(byte[] in, int from, int to) {
    return hash(K0, K1, in, from, to);
  }

  static long hash(long k0, long k1, byte[] in, int from, int to) {
    var state = new SipHash(k0, k1);
    int i = from;
    for (; i <= to - 8; i += 8) {
      state.absorb(Bytes.word(in, i));
    }
    long last = (long) (to - from) << 56;
    for (int shift = 0; i < to; i++, shift += 8) {
      last |= (in[i] & 0xffL) << shift;
    }
    state.absorb(last);
    return state.finish();
  }

  private void absorb(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  private long finish() {
    v2 ^= 0xff;
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
