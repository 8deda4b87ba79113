package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An access key of AWS, which signs each request. Immutable. */
record AccessKey(SigV4 signer, Optional<String> sessionToken) implements Presentation.Signed {
  /**
   * Reads {@code access_key_id}, {@code secret_access_key} and perhaps {@code session_token}.
   *
   * @throws IllegalArgumentException naming the part that is missing
   */
  static AccessKey read(Credential credential, String region) {
    try {
      var parts = JsonFields.of(
          JsonObject.read(credential.secret().getBytes(UTF_8)), JsonFields.Author.CLIENT);
      return new AccessKey(
          new SigV4(
              parts.requiredText("access_key_id"),
              parts.requiredText("secret_access_key"),
              region + "/bedrock"),
          parts.text("session_token"));
    } catch (GatewayException notOfThisShape) {
      throw new IllegalArgumentException("the credential " + credential.id()
          + " is no access key of AWS: " + notOfThisShape.text());
    }
  }

  @Override
  public List<Map.Entry<String, String>> headers(Presentation.Draft draft) {
    var signed = new TreeMap<String, String>();
    signed.put("host", draft.host());
    signed.put("x-amz-date", SigV4.time(draft.at()));
    sessionToken.ifPresent(token -> signed.put("x-amz-security-token", token));
    var headers = new ArrayList<Map.Entry<String, String>>(3);
    headers.add(Map.entry(
        "authorization", signer.authorization("POST", draft.path(), signed, draft.body())));
    signed.remove("host");
    headers.addAll(signed.entrySet());
    return headers;
  }

  /** Without the secrets: this text ends up in logs. */
  @Override
  public String toString() {
    return "AccessKey[" + signer + "]";
  }
}
