package dev.weir.identity;

/**
 * What a client presents: its key, and where it calls from. Immutable.
 *
 * @param text the key as sent: a secret
 * @param address of the connection's other end, without a port; never taken from a header
 */
public record Credential(String text, String address) {
  /** Without the secret: this text may end up in logs. */
  @Override
  public String toString() {
    return "Credential[" + address + "]";
  }
}
