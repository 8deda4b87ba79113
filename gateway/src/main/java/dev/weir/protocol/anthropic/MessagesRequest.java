package dev.weir.protocol.anthropic;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonFields.Author;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to {@code /v1/messages}: the client's document, checked where the gateway reads it, untouched where it does not.
 * Immutable as long as nobody writes to the array it was read from. Source: Anthropic API reference, "Create a message" (read
 * 2026-11-24).
 */
public final class MessagesRequest implements ConversationRequest {
  private static final int MOST_MODEL = 2048;

  private final JsonObject document;
  private final JsonFields fields;
  private final String model;
  private final boolean stream;
  private final Optional<String> beta;

  private MessagesRequest(
      JsonObject document, JsonFields fields, String model, boolean stream, Optional<String> beta) {
    this.document = document;
    this.fields = fields;
    this.model = model;
    this.stream = stream;
    this.beta = beta;
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field for
   *     what is no request for a message
   */
  public static MessagesRequest read(byte[] body) {
    return read(body, Optional.empty());
  }

  /**
   * The same with the header by which the client asks for what is not general yet.
   *
   * @param beta the value of {@code anthropic-beta}
   */
  public static MessagesRequest read(byte[] body, Optional<String> beta) {
    var document = JsonObject.read(body);
    var fields = JsonFields.of(document, Author.CLIENT);
    var model = fields.requiredText("model");
    if (model.isEmpty() || model.length() > MOST_MODEL) {
      throw fields.wrong("model", "must be 1 to " + MOST_MODEL + " characters");
    }
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
    if (fields.integer("max_tokens").filter(most -> most >= 1).isEmpty()) {
      throw fields.wrong("max_tokens", "must be an integer of at least 1");
    }
    return new MessagesRequest(document, fields, model, fields.flag("stream").orElse(false), beta);
  }

  @Override
  public Operation operation() {
    return Operation.MESSAGES;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public boolean stream() {
    return stream;
  }

  /** What the client asks for that is not general yet: goes on to a provider of the same protocol. */
  public Optional<String> beta() {
    return beta;
  }

  /** The client's document, for stages that read more of it. */
  @Override
  public JsonObject document() {
    return document;
  }

  @Override
  public MessagesRequest with(byte[] changed) {
    return read(changed, beta);
  }

  @Override
  public byte[] bodyFor(String upstreamModel) {
    var splice = JsonSplice.of(document.document());
    if (!upstreamModel.equals(model)) {
      var value = fields.value("model").orElseThrow();
      splice.replace(value.start(), value.end(), JsonWriter.string(upstreamModel));
    }
    return splice.apply();
  }

  @Override
  public AnswerReader reader() {
    return new MessagesAnswerReader();
  }

  @Override
  public Conversation conversation() {
    return MessagesConversation.read(fields);
  }

  @Override
  public AnswerEncoder encoder(Instant at) {
    return new MessagesAnswerEncoder(model);
  }
}
