package dev.weir.pipeline;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;

/** The answer where nothing is: the same bytes for a path that never was and for another tenant's. Stateless. */
public final class UnknownPath implements Endpoint {
  @Override
  public void handle(Exchange exchange) {
    throw failure();
  }

  static GatewayException failure() {
    return GatewayException.of(
        ErrorCode.UNKNOWN_URL,
        "There is nothing at this path. See GET /v1/models for a first call.");
  }
}
