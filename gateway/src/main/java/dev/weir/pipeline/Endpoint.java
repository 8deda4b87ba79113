package dev.weir.pipeline;

import dev.weir.protocol.Dialect;

/** What stands behind a path. Safe for many threads; called on a virtual thread, once a request. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers the exchange, exactly once.
   *
   * @throws dev.weir.protocol.GatewayException which the listener turns into an answer, as it does with any defect
   */
  void handle(Exchange exchange);

  /** How its clients read a failure. */
  default Dialect dialect() {
    return Dialect.OPENAI;
  }
}
