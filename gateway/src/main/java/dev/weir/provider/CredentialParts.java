package dev.weir.provider;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A credential as configuration writes it: an API key, an access key of AWS, or a service account's key file. Immutable.
 *
 * @param sessionToken of an access key that was lent for a time
 * @param serviceAccount the text of the key file, a JSON object
 */
public record CredentialParts(
    Optional<String> apiKey,
    Optional<String> accessKeyId,
    Optional<String> secretAccessKey,
    Optional<String> sessionToken,
    Optional<String> serviceAccount) {
  /**
   * The secret that is kept: one text.
   *
   * @param path where it is written, for what is wrong with it
   * @throws InvalidDocument when it is none of the three, or more than one
   */
  public String secret(String path) {
    var aws = accessKeyId.isPresent() || secretAccessKey.isPresent() || sessionToken.isPresent();
    var kinds = (apiKey.isPresent() ? 1 : 0) + (aws ? 1 : 0) + (serviceAccount.isPresent() ? 1 : 0);
    if (kinds != 1) {
      throw new InvalidDocument(
          path,
          "One of api_key, access_key_id with secret_access_key, or service_account; docs/providers.md.");
    }
    if (aws) {
      return accessKey(path);
    }
    var text = apiKey.or(() -> serviceAccount).orElseThrow().strip();
    if (serviceAccount.isPresent() && !text.startsWith("{")) {
      throw new InvalidDocument(
          path + ".service_account", "The text of a key file: a JSON object.");
    }
    return text;
  }

  private String accessKey(String path) {
    if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
      var missing = accessKeyId.isEmpty() ? "access_key_id" : "secret_access_key";
      throw new InvalidDocument(path + "." + missing, "An access key has an id and a secret.");
    }
    var json = new JsonWriter().object();
    json.name("access_key_id").value(accessKeyId.get());
    json.name("secret_access_key").value(secretAccessKey.get());
    sessionToken.ifPresent(token -> json.name("session_token").value(token));
    return new String(json.endObject().bytes(), StandardCharsets.UTF_8);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "CredentialParts[…]";
  }
}
