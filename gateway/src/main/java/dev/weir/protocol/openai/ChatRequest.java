package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion request: the client's document, checked where the gateway reads it, untouched where it does not.
 *
 * <p>Immutable as long as nobody writes to the array it was read from. Source: OpenAI API reference, "Create chat
 * completion" (read 2026-11-24).
 */
public final class ChatRequest extends DocumentRequest implements ConversationRequest {
  private static final byte[] ASK_IN_DOCUMENT =
      ascii(",\"stream_options\":{\"include_usage\":true}");
  private static final byte[] ASK_IN_OPTIONS = ascii("{\"include_usage\":true}");
  private static final byte[] ASK_FIRST = ascii("\"include_usage\":true,");
  private static final byte[] TRUE = ascii("true");

  private final boolean usageAsked;
  private final int choices;

  private ChatRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    checkMessages(RequestFields.required(document, "messages"));
    var _ = stream();
    usageAsked = usageAsked(RequestFields.present(document.find("stream_options")));
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

  @Override
  public Optional<Reply> refusal(String message) {
    return Optional.of(ChatRefusal.of(this, message));
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
      askForUsage(splice);
    }
    return splice.apply();
  }

  @Override
  public AnswerReader reader() {
    return new ChatAnswerReader(this);
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

  private void askForUsage(JsonSplice splice) {
    var document = document();
    var options = document.find("stream_options");
    if (options == null) {
      splice.insert(document.member(document.size() - 1).valueEnd(), ASK_IN_DOCUMENT);
    } else if (options.isNull() || options.isEmpty()) {
      splice.replace(options.start(), options.end(), ASK_IN_OPTIONS);
    } else {
      var flag = options.find("include_usage");
      if (flag == null) {
        splice.insert(options.start() + 1, ASK_FIRST);
      } else {
        splice.replace(flag.start(), flag.end(), TRUE);
      }
    }
  }

  private static boolean usageAsked(@Nullable JsonValue options) {
    if (options == null) {
      return false;
    }
    if (!options.is(JsonValue.Type.OBJECT)) {
      throw RequestFields.wrongType("stream_options", "an object", options);
    }
    return RequestFields.flag(options.find("include_usage"), "stream_options.include_usage");
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
