package dev.weir.provider.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.provider.Credential;
import dev.weir.provider.TokenGrant;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/**
 * A service account's key, as Google's console writes it into a file: what signs the request for an access token (RFC 7523,
 * RS256). Immutable.
 *
 * @param email whose key it is
 * @param keyId which of its keys
 * @param url where tokens are given out
 */
record ServiceAccount(String email, String keyId, PrivateKey key, URI url) implements TokenGrant {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String DEFAULT_URL = "https://oauth2.googleapis.com/token";
  private static final long SECONDS = 3600;

  /**
   * Reads the file's text.
   *
   * @throws IllegalArgumentException naming what is wrong, without any of it
   */
  static ServiceAccount read(Credential credential) {
    try {
      var file = JsonFields.of(
          JsonObject.read(credential.secret().getBytes(UTF_8)), JsonFields.Author.CLIENT);
      return new ServiceAccount(
          file.requiredText("client_email"),
          file.text("private_key_id").orElse(""),
          key(file.requiredText("private_key")),
          URI.create(file.text("token_uri").orElse(DEFAULT_URL)));
    } catch (GatewayException notOfThisShape) {
      throw wrong(credential, notOfThisShape.text());
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw wrong(credential, "'private_key' or 'token_uri' cannot be read.");
    }
  }

  private static IllegalArgumentException wrong(Credential credential, String why) {
    return new IllegalArgumentException(
        "the credential " + credential.id() + " is no service account's key file: " + why);
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    var decoded = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(decoded));
  }

  @Override
  public byte[] form(Instant at) {
    return ("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
            + assertion(at))
        .getBytes(US_ASCII);
  }

  private String assertion(Instant at) {
    var header =
        new JsonWriter().object().name("alg").value("RS256").name("typ").value("JWT");
    if (!keyId.isEmpty()) {
      header.name("kid").value(keyId);
    }
    var claims = new JsonWriter().object().name("iss").value(email);
    claims.name("scope").value(SCOPE).name("aud").value(url.toString());
    claims.name("iat").value(at.getEpochSecond());
    claims.name("exp").value(at.getEpochSecond() + SECONDS);
    var signed =
        base64(header.endObject().bytes()) + "." + base64(claims.endObject().bytes());
    return signed + "." + base64(signature(signed.getBytes(US_ASCII)));
  }

  private byte[] signature(byte[] text) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK signs with RSA", impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Without the key: this text ends up in logs. */
  @Override
  public String toString() {
    return "ServiceAccount[" + email + "]";
  }
}
