package dev.weir.provider;

import java.net.URI;
import java.time.Instant;

/**
 * How an access token is asked for (RFC 6749 §4.5 and §5): a form is posted, a JSON object with {@code access_token} and
 * {@code expires_in} is the answer. Immutable; equal where the credential is the same. Safe for many threads.
 */
public interface TokenGrant {
  /** Where it is asked for. */
  URI url();

  /** The form, in {@code application/x-www-form-urlencoded}. */
  byte[] form(Instant at);
}
