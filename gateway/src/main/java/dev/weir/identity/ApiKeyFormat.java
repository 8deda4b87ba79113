package dev.weir.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

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
  private static final Pattern FORM = Pattern.compile(
      "wr-[a-z0-9]{1,16}-[0-9A-Za-z]{" + PUBLIC_ID + "}-[0-9A-Za-z]{" + (SECRET + CHECK) + "}");

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
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an environment or a public id");
    }
    return new ApiKey(text, publicId, environment);
  }

  /** Reads a key; empty for what this installation never gave out. */
  public Optional<ApiKey> parse(String text) {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    var stem = text.substring(0, text.length() - CHECK);
    if (!KeyHasher.same(
        check(stem).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        text.substring(stem.length()).getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
      return Optional.empty();
    }
    var parts = text.split("-", -1);
    return Optional.of(new ApiKey(text, parts[2], parts[1]));
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
