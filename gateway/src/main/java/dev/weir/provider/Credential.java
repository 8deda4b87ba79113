package dev.weir.provider;

/**
 * What authenticates the gateway at a provider. Immutable.
 *
 * @param id names it in logs and metrics; never a part of the secret
 * @param secret as the provider gave it out: an API key, or a JSON object of several parts; empty for a server that wants none
 */
public record Credential(String id, String secret) {
  /** For a server that asks for no key. */
  public static final Credential NONE = new Credential("none", "");

  /**
   * @throws IllegalArgumentException when an API key cannot stand in a header; the message does not repeat it
   */
  public Credential {
    if (!document(secret) && !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("the API key " + id
          + " holds a space, a line end or another character that no header can carry");
    }
  }

  /** Whether the secret is a JSON object of several parts, and no API key. */
  public boolean document() {
    return document(secret);
  }

  private static boolean document(String secret) {
    return secret.startsWith("{");
  }

  /**
   * The secret as a header carries it.
   *
   * @throws IllegalArgumentException when it is no API key
   */
  public String inHeader() {
    if (document()) {
      throw new IllegalArgumentException(
          "the credential " + id + " has several parts; this type of provider takes an API key");
    }
    return secret;
  }

  /** Without the secret: this text ends up in logs. */
  @Override
  public String toString() {
    return "Credential[" + id + "]";
  }
}
