package dev.weir.protocol;

import dev.weir.protocol.openai.ErrorBody;

/** How the clients of a path read a failure. */
public enum Dialect {
  OPENAI,
  ANTHROPIC;

  /** The document of a failure. */
  public byte[] error(GatewayException failure, String requestId) {
    return switch (this) {
      case OPENAI -> ErrorBody.openai(failure);
      case ANTHROPIC -> ErrorBody.anthropic(failure, requestId);
    };
  }

  /** The event that ends a stream which broke; no terminator follows it. */
  public byte[] errorEvent(GatewayException failure, String requestId) {
    return switch (this) {
      case OPENAI -> ErrorBody.openaiEvent(failure);
      case ANTHROPIC -> ErrorBody.anthropicEvent(failure, requestId);
    };
  }
}
