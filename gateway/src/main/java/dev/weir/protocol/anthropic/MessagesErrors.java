package dev.weir.protocol.anthropic;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.json.JsonFields;
import java.util.Optional;

/** What an error event of this protocol means. Stateless. Source: Anthropic API reference, "Errors" (read 2026-11-24). */
final class MessagesErrors {
  private MessagesErrors() {}

  static GatewayException inStream(JsonFields document) {
    var type = document.object("error").flatMap(error -> error.text("type")).orElse("");
    return failure(type).detail("the provider's error event: " + type);
  }

  private static GatewayException failure(String type) {
    return switch (type) {
      case "rate_limit_error" -> UpstreamFailures.rateLimited();
      case "authentication_error", "permission_error", "billing_error" ->
        UpstreamFailures.refusedCredentials();
      case "invalid_request_error", "not_found_error", "request_too_large" ->
        UpstreamFailures.refusedRequest(Optional.empty());
      case "timeout_error" -> UpstreamFailures.timeout();
      default -> UpstreamFailures.failedWhileAnswering();
    };
  }
}
