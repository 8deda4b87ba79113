package dev.weir.protocol.openai;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;

/** A failure as clients of each dialect read it: what the client may know, and nothing of the detail. */
public final class ErrorBody {
  private ErrorBody() {}

  /** OpenAI's error document. */
  public static byte[] openai(GatewayException failure) {
    var json = new JsonWriter().object();
    error(json, failure);
    return json.endObject().bytes();
  }

  /** The event that ends an OpenAI stream which broke; no terminator follows it. */
  public static byte[] openaiEvent(GatewayException failure) {
    return SseEvent.write(openai(failure));
  }

  /**
   * The event that ends a stream of a response which broke, in both forms that clients read: the reference's flat one and the
   * nested one that OpenAI sends. Source: OpenAI API reference, "Streaming events", {@code error} (read 2026-11-25).
   */
  public static byte[] responsesEvent(GatewayException failure, long number) {
    var json = new JsonWriter().object().name("type").value("error");
    json.name("sequence_number").value(number);
    json.name("code").value(failure.code().code()).name("message").value(failure.text());
    param(json, failure);
    error(json, failure);
    return SseEvent.write("error", json.endObject().bytes());
  }

  private static void error(JsonWriter json, GatewayException failure) {
    json.name("error").object().name("message").value(failure.text());
    json.name("type").value(failure.code().type());
    param(json, failure);
    json.name("code").value(failure.code().code()).endObject();
  }

  private static void param(JsonWriter json, GatewayException failure) {
    var param = failure.param();
    if (param == null) {
      json.name("param").nullValue();
    } else {
      json.name("param").value(param);
    }
  }

  /** Anthropic's error document. Source: Anthropic API reference, "Errors" (read 2026-11-24). */
  public static byte[] anthropic(GatewayException failure, String requestId) {
    var json = new JsonWriter().object();
    json.name("type").value("error");
    json.name("error").object();
    json.name("type").value(anthropicType(failure.status()));
    json.name("message").value(failure.text()).endObject();
    return json.name("request_id").value(requestId).endObject().bytes();
  }

  /** The event that ends an Anthropic stream which broke; no {@code message_stop} follows it. */
  public static byte[] anthropicEvent(GatewayException failure, String requestId) {
    return SseEvent.write("error", anthropic(failure, requestId));
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503 -> "overloaded_error";
      case 504 -> "timeout_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }
}
