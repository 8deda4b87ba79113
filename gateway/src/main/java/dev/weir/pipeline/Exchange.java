package dev.weir.pipeline;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.telemetry.RequestTrace;
import org.jspecify.annotations.Nullable;

/**
 * One client's request and the way back to it, for sequential code on a virtual thread.
 *
 * <p>Blocking calls park the virtual thread; bytes keep flowing on the event loop. Used by one thread at a time.
 */
public interface Exchange {
  String method();

  /** The path without the query, as sent. */
  String path();

  /** What the route's last pattern segment matched ({@code gpt-4o} of {@code /v1/models/gpt-4o}), decoded; empty when none. */
  String pathTail();

  @Nullable
  String header(String name);

  /**
   * The key presented by {@code Authorization: Bearer}, {@code x-api-key} or {@code api-key}.
   *
   * @throws GatewayException INVALID_API_KEY when there is none, or two that differ
   */
  String credential();

  /**
   * The whole body; reads no more than a small initial buffer before the first call, so that a stranger costs no memory.
   *
   * @throws GatewayException REQUEST_TOO_LARGE, REQUEST_TIMEOUT or UNSUPPORTED_MEDIA_TYPE
   */
  byte[] body();

  RequestTrace trace();

  /** Answers with a JSON document made here. */
  void answer(int status, byte[] json);

  /** Forwards an upstream's answer; returns when it is delivered, has failed (the client was told), or the client has left. */
  Delivery relay(Reply reply);

  /** Tells the client of a failure in its own dialect: JSON before the first byte, an error event after it. */
  void fail(GatewayException failure);
}
