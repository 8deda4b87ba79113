package dev.weir.protocol.anthropic;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request to {@code /v1/messages}: the client's document, checked where the gateway reads it, untouched where it does not.
 * Immutable as long as nobody writes to the array it was read from. Source: Anthropic API reference, "Create a message" (read
 * 2026-11-24).
 */
public final class MessagesRequest extends DocumentRequest implements ConversationRequest {
  private MessagesRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    var fields = fields();
    checkMessages(fields);
    if (fields.integer("max_tokens").filter(most -> most >= 1).isEmpty()) {
      throw fields.wrong("max_tokens", "must be an integer of at least 1");
    }
    var _ = stream();
  }

  static void checkMessages(JsonFields fields) {
    var messages = fields.objects("messages");
    if (messages.isEmpty()) {
      throw fields.wrong("messages", "must be an array of at least one message");
    }
    for (var message : messages) {
      var _ = message.requiredText("role");
      if (message.value("content").isEmpty()) {
        throw message.missing("content");
      }
    }
  }

  /** A request without headers. */
  public static MessagesRequest read(byte[] body) {
    return read(body, List.of());
  }

  /**
   * Reads and checks a request.
   *
   * @param headers by which the client asks for what is not general yet
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field for
   *     what is no request for a message
   */
  public static MessagesRequest read(byte[] body, List<Map.Entry<String, String>> headers) {
    return new MessagesRequest(JsonObject.read(body), headers);
  }

  @Override
  public Operation operation() {
    return Operation.MESSAGES;
  }

  @Override
  public MessagesRequest with(byte[] changed) {
    return read(changed, headers());
  }

  @Override
  public AnswerReader reader() {
    return new MessagesAnswerReader();
  }

  @Override
  public Conversation conversation() {
    return MessagesConversation.read(fields());
  }

  @Override
  public AnswerEncoder encoder(Instant at) {
    return new MessagesAnswerEncoder(model());
  }
}
