package dev.weir.store;

/** Opens what stands sealed in a row of provider_credentials. Safe for many threads. */
@FunctionalInterface
public interface CredentialOpener {
  /**
   * The secret in an envelope.
   *
   * @param identity of the row it stands in: table and id
   * @throws RuntimeException when it cannot be opened; the message holds nothing of it
   */
  byte[] open(byte[] sealed, String identity);

  /** How a credential's row is named where its envelope is authenticated. */
  static String identity(String credentialId) {
    return "provider_credentials/" + credentialId;
  }
}
