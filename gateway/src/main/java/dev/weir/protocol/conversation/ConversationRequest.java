package dev.weir.protocol.conversation;

import dev.weir.protocol.ModelRequest;
import java.time.Instant;

/** A request for an answer in words, which can be put to a provider of any protocol. Immutable. */
public interface ConversationRequest extends ModelRequest {
  /**
   * The request in no protocol's words.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_VALUE naming the field that cannot be translated
   */
  Conversation conversation();

  /**
   * A fresh writer of one attempt's answer in the client's protocol.
   *
   * @param at when the answer is made, for protocols that say it
   */
  AnswerEncoder encoder(Instant at);
}
