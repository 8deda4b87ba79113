package dev.weir.protocol.conversation;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import java.time.Instant;
import java.util.Optional;

/** A request for an answer in words, which can be put to a provider of any protocol. Immutable. */
public interface ConversationRequest extends ModelRequest {
  /**
   * The request in no protocol's words.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_VALUE naming the field that cannot be translated
   */
  Conversation conversation();

  @Override
  default Optional<Reply> refusal(String message) {
    return Optional.of(Declined.to(this, message));
  }

  /**
   * A fresh writer of one attempt's answer in the client's protocol.
   *
   * @param at when the answer is made, for protocols that say it
   */
  AnswerEncoder encoder(Instant at);
}
