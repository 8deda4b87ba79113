package dev.weir.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {
  private static final long K0 = 0x0706050403020100L;
  private static final long K1 = 0x0f0e0d0c0b0a0908L;

  @Test
  void the_reference_vector_comes_out() {
    // key 00…0f, no input: dc c4 0f 05 58 01 ac ab
    assertThat(SipHash.hash(K0, K1, new byte[0], 0, 0)).isEqualTo(0xabac0158050fc4dcL);
  }

  @Test
  void each_byte_and_the_length_count() {
    var bytes = new byte[40];
    long whole = SipHash.hash(K0, K1, bytes, 0, 40);
    assertThat(SipHash.hash(K0, K1, bytes, 0, 39)).isNotEqualTo(whole);
    for (int i = 0; i < 40; i++) {
      bytes[i] = 1;
      assertThat(SipHash.hash(K0, K1, bytes, 0, 40)).isNotEqualTo(whole);
      bytes[i] = 0;
    }
    assertThat(SipHash.hash(new byte[9], 0, 9)).isEqualTo(SipHash.hash(new byte[12], 3, 12));
  }
}
