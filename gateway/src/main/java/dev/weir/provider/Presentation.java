package dev.weir.provider;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How a credential is shown to a provider. Immutable; equal where the credential and the way are. */
public sealed interface Presentation {
  /** Nothing is shown: a server that asks for no key. */
  Presentation NONE = new Fixed(List.of());

  /** The same headers with each request, names in lower case. */
  record Fixed(List<Map.Entry<String, String>> headers) implements Presentation {
    public Fixed {
      headers = List.copyOf(headers);
    }
  }

  /** Headers made for each request: a signature. Pure, and safe for many threads. */
  non-sealed interface Signed extends Presentation {
    List<Map.Entry<String, String>> headers(Draft draft);
  }

  /** A bearer token that is fetched with the credential, kept, and fetched again before it expires. */
  record Token(TokenGrant grant) implements Presentation {}

  /**
   * A request as far as a signature covers it.
   *
   * @param host as the Host header will say it, the port included where it is not the scheme's own
   * @param path as it goes on the wire, a query perhaps
   */
  record Draft(String host, String path, byte[] body, Instant at) {}

  /** One header; nothing for a credential without a secret. */
  static Presentation header(String name, String scheme, Credential credential) {
    return credential.secret().isEmpty()
        ? NONE
        : new Fixed(List.of(Map.entry(name, scheme + credential.inHeader())));
  }
}
