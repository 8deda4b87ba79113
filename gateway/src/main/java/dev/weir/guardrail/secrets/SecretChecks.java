package dev.weir.guardrail.secrets;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/** What holds of some providers' secrets besides their prefix and length. Stateless. */
final class SecretChecks {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private SecretChecks() {}

  /** The check for what begins with a prefix. */
  static Predicate<String> of(String prefix) {
    return switch (prefix) {
      case "sk-" -> SecretChecks::mixed;
      case "SG." -> secret -> secret.length() == 69 && secret.charAt(25) == '.';
      case "pat" -> secret -> secret.charAt(17) == '.' && secret.lastIndexOf('.') == 17;
      case "hooks.slack.com/services/" -> secret -> secret.charAt(prefix.length()) == 'T';
      case "github_pat_" -> secret -> secret.charAt(33) == '_';
      case "cio", "oy2", "fw_", "LTAI", "AKID", "EAAA", "ATBB" -> SecretChecks::mixed;
      case "hf_", "api_org_" -> secret -> capitalsAndSmall(secret, prefix.length());
      case "key-", "AC", "SK", "dapi" ->
        secret -> digits(secret) >= 6
            && secret.substring(prefix.length()).chars().noneMatch(c -> c >= 'A' && c <= 'Z');
      default -> _ -> true;
    };
  }

  /** Digits, capitals and small letters together: no word, no hash. */
  private static boolean mixed(String secret) {
    return digits(secret) >= 2
        && secret.chars().skip(4).anyMatch(c -> c >= 'a' && c <= 'z')
        && (secret.chars().skip(4).anyMatch(c -> c >= 'A' && c <= 'Z') || digits(secret) >= 6);
  }

  private static boolean capitalsAndSmall(String secret, int from) {
    return secret.chars().skip(from).anyMatch(c -> c >= 'A' && c <= 'Z')
        && secret.chars().skip(from).anyMatch(c -> c >= 'a' && c <= 'z');
  }

  private static long digits(String secret) {
    return secret.chars().filter(c -> c >= '0' && c <= '9').count();
  }

  /** A key of this gateway: environment, public id, secret. */
  static boolean weir(String secret) {
    var parts = secret.split("-", -1);
    return parts.length == 4
        && parts[1].length() <= 16
        && parts[2].length() >= 8
        && parts[3].length() >= 20;
  }

  /**
   * Whether a token of GitHub or npm ends in the CRC-32 of its other random characters, in six characters of base 62
   * (github.blog, 2021-04-05, Behind GitHub's new authentication token formats).
   */
  static boolean crc(String token) {
    int underscore = token.indexOf('_');
    int end = token.length() - 6;
    if (underscore < 0 || end <= underscore) {
      return false;
    }
    var crc = new CRC32();
    crc.update(token.substring(underscore + 1, end).getBytes(StandardCharsets.US_ASCII));
    long value = crc.getValue();
    var expected = new char[6];
    for (int i = 5; i >= 0; i--) {
      expected[i] = BASE62.charAt((int) (value % 62));
      value /= 62;
    }
    return token.endsWith(new String(expected));
  }
}
