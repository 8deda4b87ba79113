package dev.weir.protocol.anthropic;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonFields;

/** What an error event of this protocol means. Stateless. Source: Anthropic API reference, "Errors" (read 2026-11-24). */
final class MessagesErrors {
  private MessagesErrors() {}

  static GatewayException inStream(JsonFields document) {
    var type = document.object("error").flatMap(error -> error.text("type")).orElse("");
    return failure(type).detail("the provider's error event: " + type);
  }

  private static GatewayException failure(String type) {
    return switch (type) {
      case "rate_limit_error" ->
        GatewayException.of(
            ErrorCode.UPSTREAM_RATE_LIMITED, "The provider's rate limit was reached.");
      case "authentication_error", "permission_error", "billing_error" ->
        GatewayException.of(
            ErrorCode.UPSTREAM_AUTH_ERROR, "The provider refused the gateway's credentials.");
      case "invalid_request_error", "not_found_error", "request_too_large" ->
        GatewayException.of(
            ErrorCode.UPSTREAM_INVALID_REQUEST, "The provider refused the request as invalid.");
      case "timeout_error" ->
        GatewayException.of(ErrorCode.UPSTREAM_TIMEOUT, "The provider did not answer in time.");
      default ->
        GatewayException.of(
            ErrorCode.UPSTREAM_UNAVAILABLE, "The provider failed while it was answering.");
    };
  }
}
