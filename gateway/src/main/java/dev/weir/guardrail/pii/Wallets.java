package dev.weir.guardrail.pii;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Addresses of crypto currencies: Base58Check (Bitcoin, Litecoin, Dogecoin, Tron, Ripple), Bech32 and Bech32m (BIP 173, BIP
 * 350, Cardano), and Ethereum with the capitals of EIP-55. Stateless.
 */
final class Wallets {
  static final int SHORTEST = 26;
  private static final String BITCOIN =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  private Wallets() {}

  /** Score of a word: 1.0 with a checksum, 0.6 for an Ethereum address without capitals, else 0. */
  static double score(String word) {
    if (word.length() < SHORTEST || word.length() > 110) {
      return 0;
    }
    if (word.startsWith("0x")) {
      return word.length() == 42 ? ethereum(word.substring(2)) : 0;
    }
    boolean checked = switch (word.charAt(0)) {
      case '1', '3', 'L', 'M', 'D', 'T' -> word.length() <= 35 && base58(word, BITCOIN);
      case 'r' -> word.length() <= 35 && base58(word, RIPPLE);
      default -> bech32(word);
    };
    return checked ? 1.0 : 0;
  }

  private static double ethereum(String hex) {
    boolean lower = false;
    boolean upper = false;
    for (int i = 0; i < 40; i++) {
      char c = hex.charAt(i);
      if (Character.digit(c, 16) < 0) {
        return 0;
      }
      lower |= c >= 'a';
      upper |= c >= 'A' && c <= 'F';
    }
    if (!lower || !upper) {
      return 0.6;
    }
    return Keccak.checksums(hex) ? 1.0 : 0;
  }

  private static boolean base58(String word, String alphabet) {
    var value = BigInteger.ZERO;
    var base = BigInteger.valueOf(58);
    for (int i = 0; i < word.length(); i++) {
      int digit = alphabet.indexOf(word.charAt(i));
      if (digit < 0) {
        return false;
      }
      value = value.multiply(base).add(BigInteger.valueOf(digit));
    }
    var big = value.toByteArray();
    if (big.length > 26) {
      return false;
    }
    var raw = new byte[25];
    int skip = Math.max(0, big.length - 25);
    System.arraycopy(big, skip, raw, 25 - (big.length - skip), big.length - skip);
    var hash = sha256(sha256(Arrays.copyOf(raw, 21)));
    return Arrays.equals(hash, 0, 4, raw, 21, 25);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Whether it is Bech32 or Bech32m with a prefix of a known currency. */
  private static boolean bech32(String mixed) {
    String word = mixed.toLowerCase(Locale.ROOT);
    if (!word.equals(mixed) && !word.toUpperCase(Locale.ROOT).equals(mixed)) {
      return false;
    }
    int separator = word.lastIndexOf('1');
    boolean known = separator > 0
        && switch (word.substring(0, separator)) {
          case "bc", "tb", "ltc", "addr", "stake", "cosmos", "bnb", "osmo" -> true;
          default -> false;
        };
    return known && word.length() - separator > 6 && polymod(word, separator);
  }

  private static boolean polymod(String word, int separator) {
    int sum = 1;
    for (int i = 0; i < separator; i++) {
      sum = step(sum, word.charAt(i) >> 5);
    }
    sum = step(sum, 0);
    for (int i = 0; i < separator; i++) {
      sum = step(sum, word.charAt(i) & 31);
    }
    for (int i = separator + 1; i < word.length(); i++) {
      int value = BECH32.indexOf(word.charAt(i));
      if (value < 0) {
        return false;
      }
      sum = step(sum, value);
    }
    return sum == 1 || sum == 0x2bc830a3;
  }

  private static int step(int sum, int value) {
    int top = sum >>> 25;
    int next = ((sum & 0x1ffffff) << 5) ^ value;
    for (int i = 0; i < 5; i++) {
      next ^= ((top >>> i) & 1) == 1 ? GENERATOR[i] : 0;
    }
    return next;
  }
}
