package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request to {@code /v1/responses}, of those that need nothing but what they hold: the client's document, checked where the
 * gateway reads it, untouched where it does not. Source: OpenAI API reference, "Create a model response" (read 2026-11-25).
 */
public final class ResponsesRequest extends DocumentRequest implements ConversationRequest {
  private ResponsesRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    var fields = fields();
    refuseState(fields.value("previous_response_id").isPresent(), "previous_response_id");
    refuseState(fields.value("conversation").isPresent(), "conversation");
    refuseState(fields.value("prompt").isPresent(), "prompt");
    refuseState(fields.flag("background").orElse(false), "background");
    var input = fields.value("input").orElseThrow(() -> fields.missing("input"));
    if (!input.is(JsonValue.Type.STRING)) {
      if (!input.is(JsonValue.Type.ARRAY)) {
        throw fields.wrong("input", "must be a string or an array of items");
      }
      var _ = fields.objects("input");
    }
    if (input.isEmptyString() || input.isEmpty()) {
      throw fields.wrong("input", "must not be empty");
    }
    var _ = stream();
  }

  private void refuseState(boolean asked, String name) {
    if (asked) {
      throw fields()
          .wrong(
              name,
              "is not supported: the gateway keeps no responses. Send the whole conversation in"
                  + " 'input', with 'store' false");
    }
  }

  /** A request without headers. */
  public static ResponsesRequest read(byte[] body) {
    return read(body, List.of());
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field for
   *     what is no such request or asks for what was kept elsewhere
   */
  public static ResponsesRequest read(byte[] body, List<Map.Entry<String, String>> headers) {
    return new ResponsesRequest(JsonObject.read(body), headers);
  }

  @Override
  public Operation operation() {
    return Operation.RESPONSES;
  }

  @Override
  public ResponsesRequest with(byte[] changed) {
    return read(changed, headers());
  }

  @Override
  public AnswerReader reader() {
    return new ResponsesAnswerReader();
  }

  @Override
  public Conversation conversation() {
    return ResponsesConversation.read(fields());
  }

  @Override
  public AnswerEncoder encoder(Instant at) {
    return new ResponsesAnswerEncoder(new ResponseFrame(document(), model(), at.getEpochSecond()));
  }
}
