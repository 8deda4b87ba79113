package dev.weir.protocol;

import java.util.Optional;

/**
 * Reads one answer as it passes: is it what was agreed, is it complete, what did it use. Not thread-safe: one attempt,
 * whose bytes come one after the other.
 */
public interface AnswerReader {
  /**
   * Reads one event.
   *
   * @param frame a complete event, its blank line included
   * @return what goes on to the client, the same array when nothing changed; empty when the client is not to see it
   * @throws GatewayException UPSTREAM_INVALID_RESPONSE for what is no event of this protocol, or the failure that an error
   *     event tells of
   */
  Optional<byte[]> event(byte[] frame);

  /** Whether the event that was read last carries content, a finish or the terminator: a comment does not. */
  boolean content();

  /** Whether the stream may end here: every choice finished, and the terminator seen. */
  boolean complete();

  /**
   * Reads a whole answer.
   *
   * @return what goes on to the client, the same array when nothing changed
   * @throws GatewayException UPSTREAM_INVALID_RESPONSE for what is no answer of this protocol
   */
  byte[] whole(byte[] body);

  /**
   * The upstream has ended the stream by itself: what is still to go on to the client where the protocol has no terminator.
   *
   * @throws GatewayException as {@link #event} does
   */
  default Optional<byte[]> end() {
    return Optional.empty();
  }

  /** What the upstream says it used, as far as it was read. */
  TokenUsage usage();
}
