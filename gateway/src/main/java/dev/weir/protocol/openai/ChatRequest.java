package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A chat completion request: the client's document, checked where the gateway reads it, untouched where it does not.
 *
 * <p>Immutable as long as nobody writes to the array it was read from. Source: OpenAI API reference, "Create chat
 * completion" (read 2026-11-24).
 */
public final class ChatRequest extends DocumentRequest implements ConversationRequest {
  private final boolean usageAsked;
  private final int choices;

  private ChatRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    checkMessages(RequestFields.required(document, "messages"));
    var _ = stream();
    usageAsked = StreamUsage.asked(document);
    choices = RequestFields.positive(document, "n", 1);
  }

  /** A request without headers. */
  public static ChatRequest read(byte[] body) {
    return read(body, List.of());
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field
   *     for what is no chat request
   */
  public static ChatRequest read(byte[] body, List<Map.Entry<String, String>> headers) {
    return new ChatRequest(JsonObject.read(body), headers);
  }

  @Override
  public Operation operation() {
    return Operation.CHAT_COMPLETIONS;
  }

  @Override
  public ChatRequest with(byte[] body) {
    return read(body, headers());
  }

  /** How many answers the client wants: {@code n}, at least 1. */
  public int choices() {
    return choices;
  }

  /** Whether the client itself asked for a stream's usage. */
  public boolean usageAsked() {
    return usageAsked;
  }

  @Override
  public byte[] bodyFor(String upstreamModel) {
    var splice = edit(upstreamModel);
    if (stream() && !usageAsked) {
      StreamUsage.ask(document(), splice);
    }
    return splice.apply();
  }

  @Override
  public AnswerReader reader() {
    return new ChatAnswerReader(choices, usageAsked);
  }

  @Override
  public Conversation conversation() {
    return ChatConversation.read(fields());
  }

  @Override
  public AnswerEncoder encoder(Instant at) {
    return new ChatAnswerEncoder(
        model(),
        at.getEpochSecond(),
        usageAsked ? ChatAnswerEncoder.UsageWish.ASKED : ChatAnswerEncoder.UsageWish.NOT_ASKED);
  }

  private static void checkMessages(JsonValue messages) {
    if (!messages.is(JsonValue.Type.ARRAY)) {
      throw RequestFields.wrongType("messages", "an array", messages);
    }
    if (messages.isEmpty()) {
      throw RequestFields.invalid("messages", "'messages' must not be empty.");
    }
    int i = 0;
    for (var message : messages.elements()) {
      checkMessage(message, i++);
    }
  }

  private static void checkMessage(JsonValue message, int i) {
    if (!message.is(JsonValue.Type.OBJECT)) {
      throw RequestFields.wrongType("messages[" + i + "]", "an object", message);
    }
    var role = message.find("role");
    if (role == null) {
      var path = "messages[" + i + "].role";
      throw RequestFields.invalid(path, "'" + path + "' is missing.");
    }
    if (!role.is(JsonValue.Type.STRING)) {
      throw RequestFields.wrongType("messages[" + i + "].role", "a string", role);
    }
  }
}
