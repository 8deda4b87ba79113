package dev.weir.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids: opaque, with a prefix that tells people what they look at. Stateless. */
final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 10;

  private Ids() {}

  static String next(String prefix) {
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return prefix + "_" + HexFormat.of().formatHex(bytes);
  }
}
