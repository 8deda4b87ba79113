package dev.weir.telemetry;

import dev.weir.protocol.GatewayException;
import org.jspecify.annotations.Nullable;

/** Hears of every request on a port, for metrics and log. Safe for many threads; never blocks, never throws. */
public interface RequestObserver {
  /** A request's head has been read. */
  void started(RequestTrace trace);

  /**
   * The last byte was handed over, or the client has left.
   *
   * @param status the status of the head that was sent; 499 when the client left before any was
   * @param failure what the client was told of, or what broke the stream after the head; null when all went well
   */
  void completed(RequestTrace trace, int status, @Nullable GatewayException failure);
}
