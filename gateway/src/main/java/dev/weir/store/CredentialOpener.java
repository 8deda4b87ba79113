package dev.weir.store;

/** Opens what stands sealed in a row of provider_credentials. Safe for many threads. */
@FunctionalInterface
public interface CredentialOpener {
  /**
   * The secret in an envelope.
   *
   * @param identity of the row it stands in: table, id, and the provider it is of
   * @throws RuntimeException when it cannot be opened; the message holds nothing of it
   */
  byte[] open(byte[] envelope, String identity);
}
