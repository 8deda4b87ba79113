package dev.weir.http;

import dev.weir.protocol.GatewayException;
import io.vertx.core.MultiMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The credential in a request's head. Stateless. */
final class Credentials {
  private static final String BEARER = "bearer ";
  private static final int MAX_LENGTH = 512;

  private Credentials() {}

  /** The one credential, wherever it stands; two that differ are as bad as none. */
  static String of(MultiMap headers) {
    @Nullable String found = null;
    for (var value : headers.getAll("authorization")) {
      found = agree(found, bearer(value));
    }
    for (var value : headers.getAll("x-api-key")) {
      found = agree(found, value.strip());
    }
    for (var value : headers.getAll("api-key")) {
      found = agree(found, value.strip());
    }
    if (found == null || found.isEmpty() || found.length() > MAX_LENGTH) {
      throw GatewayException.invalidApiKey();
    }
    return found;
  }

  private static String bearer(String value) {
    if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw GatewayException.invalidApiKey();
    }
    return value.substring(BEARER.length()).strip();
  }

  private static String agree(@Nullable String one, String other) {
    if (one != null && !one.equals(other)) {
      throw GatewayException.invalidApiKey();
    }
    return other;
  }
}
