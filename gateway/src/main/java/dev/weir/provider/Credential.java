package dev.weir.provider;

/**
 * What authenticates the gateway at a provider. Immutable.
 *
 * @param id names it in logs and metrics; never a part of the secret
 * @param secret the API key as the provider gave it out; empty for a server that wants none
 */
public record Credential(String id, String secret) {
  /** For a server that asks for no key. */
  public static final Credential NONE = new Credential("none", "");

  /**
   * @throws IllegalArgumentException when the secret cannot stand in a header; the message does not repeat it
   */
  public Credential {
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("the API key " + id
          + " holds a space, a line end or another character that no header can carry");
    }
  }

  /** Without the secret: this text ends up in logs. */
  @Override
  public String toString() {
    return "Credential[" + id + "]";
  }
}
