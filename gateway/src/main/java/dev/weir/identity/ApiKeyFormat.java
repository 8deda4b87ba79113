package dev.weir.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The form of a key: {@code wr-<env>-<publicId>-<secret>}, whose secret ends in six characters that only this installation's
 * pepper can make. A key with a typo, or one made up, is refused without asking anybody. Safe for many threads.
 *
 * <p>The alphabet is 0-9A-Za-z: a double click selects each part, and no shell or URL changes it. 43 characters of it hold
 * 256 random bits.
 */
public final class ApiKeyFormat {
  /** No key is longer; what is longer is refused unread. */
  public static final int MAX_LENGTH = 96;

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int PUBLIC_ID = 16;
  private static final int SECRET = 43;
  private static final int CHECK = 6;
  private static final int MOST_ENVIRONMENT = 16;
  private static final String PREFIX = "wr-";

  private final KeyHasher hasher;
  private final SecureRandom random = new SecureRandom();

  public ApiKeyFormat(KeyHasher hasher) {
    this.hasher = hasher;
  }

  /** A fresh key with a public id of its own. */
  public ApiKey generate(String environment) {
    return withPublicId(environment, randomText(PUBLIC_ID));
  }

  /** A fresh secret under a public id that exists: what rotation hands out. */
  public ApiKey withPublicId(String environment, String publicId) {
    var stem = "wr-" + environment + "-" + publicId + "-" + randomText(SECRET);
    var text = stem + check(stem);
    return read(text)
        .orElseThrow(() -> new IllegalArgumentException("not an environment or a public id"));
  }

  /** Reads a key; empty for what this installation never gave out. */
  public Optional<ApiKey> parse(String text) {
    return read(text).filter(this::isGenuine);
  }

  /** Reads a key by its form alone, without any hashing. */
  Optional<ApiKey> read(String text) {
    var id = text.indexOf('-', PREFIX.length()) + 1;
    var environment = id - 1 - PREFIX.length();
    if (text.length() > MAX_LENGTH
        || !text.startsWith(PREFIX)
        || environment < 1
        || environment > MOST_ENVIRONMENT
        || text.length() != id + PUBLIC_ID + 1 + SECRET + CHECK
        || text.charAt(id + PUBLIC_ID) != '-'
        || !isEnvironment(text, PREFIX.length(), id - 1)
        || !isAlphanumeric(text, id, id + PUBLIC_ID)
        || !isAlphanumeric(text, id + PUBLIC_ID + 1, text.length())) {
      return Optional.empty();
    }
    return Optional.of(new ApiKey(
        text, text.substring(id, id + PUBLIC_ID), text.substring(PREFIX.length(), id - 1)));
  }

  /** Whether this installation gave the key out: one hash. */
  boolean isGenuine(ApiKey key) {
    var stem = key.text().substring(0, key.text().length() - CHECK);
    return KeyHasher.same(
        check(stem).getBytes(StandardCharsets.US_ASCII),
        key.text().substring(stem.length()).getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isEnvironment(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      var c = text.charAt(i);
      if (!isBetween(c, 'a', 'z') && !isBetween(c, '0', '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBetween(char c, char first, char last) {
    return c >= first && c <= last;
  }

  private static boolean isAlphanumeric(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      var c = text.charAt(i);
      if (!isBetween(c, 'a', 'z') && !isBetween(c, 'A', 'Z') && !isBetween(c, '0', '9')) {
        return false;
      }
    }
    return true;
  }

  private String check(String stem) {
    var mac = hasher.checksum(stem);
    var text = new StringBuilder(CHECK);
    for (var i = 0; i < CHECK; i++) {
      text.append(ALPHABET.charAt(Byte.toUnsignedInt(mac[i]) % ALPHABET.length()));
    }
    return text.toString();
  }

  private String randomText(int length) {
    var text = new StringBuilder(length);
    for (var i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
