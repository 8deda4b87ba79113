package dev.weir.protocol.anthropic;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.protocol.TokenEstimate;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to {@code /v1/messages/count_tokens}: how long a message's prompt would be. Source: Anthropic API reference,
 * "Count tokens in a message" (read 2026-11-25).
 */
public final class CountTokensRequest extends DocumentRequest {
  /** Tells a client that the number is the gateway's own estimate. */
  private static final Map.Entry<String, String> ESTIMATED =
      Map.entry("x-weir-token-count", "estimate");

  private CountTokensRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    MessagesRequest.checkMessages(fields());
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field for
   *     what is no such request
   */
  public static CountTokensRequest read(byte[] body, List<Map.Entry<String, String>> headers) {
    return new CountTokensRequest(JsonObject.read(body), headers);
  }

  @Override
  public Operation operation() {
    return Operation.COUNT_TOKENS;
  }

  /** Never: a number comes whole. */
  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public CountTokensRequest with(byte[] changed) {
    return read(changed, headers());
  }

  @Override
  public AnswerReader reader() {
    return new CountTokensAnswerReader();
  }

  @Override
  public Optional<Reply> ownAnswer() {
    var json = new JsonWriter().object().name("input_tokens");
    json.value(TokenEstimate.of(document())).endObject();
    return Optional.of(new Reply.Whole(200, "application/json", List.of(ESTIMATED), json.bytes()));
  }
}
