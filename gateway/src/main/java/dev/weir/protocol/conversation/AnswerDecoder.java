package dev.weir.protocol.conversation;

import dev.weir.protocol.TokenUsage;
import java.util.function.Consumer;

/**
 * Reads one attempt's answer in a provider's protocol. Not thread-safe: the bytes of one answer, one after the other.
 */
public interface AnswerDecoder {
  /**
   * Reads one frame of a stream: a server-sent event with its blank line, or what the provider frames by.
   *
   * @throws dev.weir.protocol.GatewayException UPSTREAM_INVALID_RESPONSE for what is not of this protocol, or the failure
   *     that an error event tells of
   */
  void frame(byte[] frame, Consumer<AnswerEvent> out);

  /**
   * Reads a whole answer, {@link AnswerEvent.Ended} included.
   *
   * @throws dev.weir.protocol.GatewayException UPSTREAM_INVALID_RESPONSE for what is no answer of this protocol
   */
  void whole(byte[] body, Consumer<AnswerEvent> out);

  /** The provider has ended the stream by itself: the place for {@link AnswerEvent.Ended} where the protocol has no terminator. */
  default void end(Consumer<AnswerEvent> out) {}

  /** What the provider says it used, as far as it was read. */
  TokenUsage usage();
}
