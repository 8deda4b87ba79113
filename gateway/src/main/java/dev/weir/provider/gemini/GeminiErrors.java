package dev.weir.provider.gemini;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.openai.UpstreamError;
import java.nio.charset.StandardCharsets;

/**
 * Google's errors. Stateless. Source: google.rpc.Status in JSON: {@code {"error":{"code","message","status","details"}}}; an
 * array of one where a stream was asked for.
 */
final class GeminiErrors {
  private GeminiErrors() {}

  static UpstreamError read(byte[] body) {
    try {
      var from = 0;
      while (from < body.length && (body[from] <= ' ' || body[from] == '[')) {
        from++;
      }
      var to = body.length;
      while (to > from && body[to - 1] != '}') {
        to--;
      }
      return JsonFields.ofUpstream(body, from, to)
          .object("error")
          .map(GeminiErrors::of)
          .orElseGet(() -> UpstreamError.read(body));
    } catch (GatewayException notOfThisShape) {
      return new UpstreamError("", "", new String(body, StandardCharsets.UTF_8), "");
    }
  }

  private static UpstreamError of(JsonFields error) {
    var message = error.text("message").orElse("");
    var status = error.text("status").orElse("");
    return new UpstreamError(code(error, status, message), status, message, "");
  }

  private static String code(JsonFields error, String status, String message) {
    var wrongKey = error.objects("details").stream()
        .anyMatch(
            detail -> detail.text("reason").filter("API_KEY_INVALID"::equals).isPresent());
    if (wrongKey) {
      return "invalid_api_key";
    }
    if (message.contains("exceeds the maximum number of tokens")) {
      return "context_length_exceeded";
    }
    return status.equals("NOT_FOUND") ? "model_not_found" : "";
  }

  /** The failure that an error inside an answer tells of. */
  static GatewayException inAnswer(JsonFields error) {
    var status = Math.toIntExact(Math.clamp(error.integer("code").orElse(500L), 0, 599));
    var told = of(error);
    var failure = told.code().equals("invalid_api_key")
        ? UpstreamFailures.refusedCredentials()
        : UpstreamFailures.ofStatus(status);
    return failure.detail("the provider's error: " + told.forTheLog());
  }
}
