package dev.weir.protocol;

import java.util.Optional;

/**
 * What a client is told of each way an upstream can fail (contracts §2, errors), as failures whose detail is still to be
 * given. Stateless.
 */
public final class UpstreamFailures {
  private UpstreamFailures() {}

  /** The provider took the gateway for somebody else, or its account has run dry. */
  public static GatewayException refusedCredentials() {
    return GatewayException.of(
        ErrorCode.UPSTREAM_AUTH_ERROR, "The provider refused the gateway's credentials.");
  }

  public static GatewayException rateLimited() {
    return GatewayException.of(
        ErrorCode.UPSTREAM_RATE_LIMITED, "The provider's rate limit was reached.");
  }

  public static GatewayException timeout() {
    return GatewayException.of(ErrorCode.UPSTREAM_TIMEOUT, "The provider did not answer in time.");
  }

  /**
   * @param reason a word from a list of ours, never the provider's text
   */
  public static GatewayException refusedRequest(Optional<String> reason) {
    return GatewayException.of(
        ErrorCode.UPSTREAM_INVALID_REQUEST,
        "The provider refused the request" + reason.map(word -> ": " + word).orElse(" as invalid")
            + ".");
  }

  public static GatewayException unavailable() {
    return GatewayException.of(
        ErrorCode.UPSTREAM_UNAVAILABLE, "The provider could not be reached or failed.");
  }

  /** The same, once the answer had begun. */
  public static GatewayException failedWhileAnswering() {
    return GatewayException.of(
        ErrorCode.UPSTREAM_UNAVAILABLE, "The provider failed while it was answering.");
  }

  /** What a status tells of that stands inside an answer whose own status was another. */
  public static GatewayException ofStatus(int status) {
    return switch (status) {
      case 401, 402, 403 -> refusedCredentials();
      case 408, 504 -> timeout();
      case 429 -> rateLimited();
      case 404, 422 -> refusedRequest(Optional.empty()).status(status);
      default ->
        status >= 400 && status < 500 && status != 424
            ? refusedRequest(Optional.empty())
            : failedWhileAnswering();
    };
  }

  public static GatewayException invalidAnswer() {
    return GatewayException.of(
        ErrorCode.UPSTREAM_INVALID_RESPONSE, "The provider sent an answer that is not valid.");
  }
}
