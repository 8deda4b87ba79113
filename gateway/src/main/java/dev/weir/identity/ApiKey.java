package dev.weir.identity;

/**
 * A key as a client presents it, once its form was found right. Immutable.
 *
 * @param text the whole key: a secret
 * @param publicId what it is looked up by, no secret
 * @param environment what stands after {@code wr-}: {@code live}, {@code demo}
 */
public record ApiKey(String text, String publicId, String environment) {
  /** The last four characters, by which people tell their keys apart. */
  public String last4() {
    return text.substring(text.length() - 4);
  }

  /** Without the secret: this text may end up in logs. */
  @Override
  public String toString() {
    return "ApiKey[" + publicId + "]";
  }
}
