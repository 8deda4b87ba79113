package dev.weir.protocol.openai;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is the same in every answer of this protocol: a JSON object, or an error in OpenAI's shape. */
final class UpstreamAnswer {
  private static final int MOST_DETAIL = 1000;

  private UpstreamAnswer() {}

  /** The document between two offsets. */
  static JsonObject object(byte[] source, int from, int to) {
    try {
      return JsonObject.read(source, from, to);
    } catch (GatewayException notJson) {
      throw invalid(notJson.text());
    }
  }

  /** A whole answer: an object that tells of no error. */
  static JsonObject whole(byte[] body) {
    var answer = object(body, 0, body.length);
    var error = RequestFields.present(answer.find("error"));
    if (error != null) {
      throw invalid("an error under a status of success: " + forTheLog(error));
    }
    return answer;
  }

  static GatewayException invalid(String detail) {
    return UpstreamFailures.invalidAnswer().detail(detail);
  }

  /** The failure that an error inside a stream tells of, by its status, code and type. */
  static GatewayException failure(JsonValue error) {
    int status = status(error);
    var words =
        (word(error.find("code")) + " " + word(error.find("type"))).toLowerCase(Locale.ROOT);
    var failure = failure(status, words);
    if (failure.code() == ErrorCode.UPSTREAM_INVALID_REQUEST && (status == 404 || status == 422)) {
      failure = failure.status(status);
    }
    return failure.detail("the provider's error: " + forTheLog(error));
  }

  private static GatewayException failure(int status, String words) {
    if (status == 429 || says(words, "rate_limit", "quota", "too_many_requests", "exhausted")) {
      return UpstreamFailures.rateLimited();
    }
    if (status == 401
        || status == 403
        || says(words, "authentication", "api_key", "permission", "unauthorized")) {
      return UpstreamFailures.refusedCredentials();
    }
    if (status == 408 || status == 504 || says(words, "timeout", "timed_out")) {
      return UpstreamFailures.timeout();
    }
    if ((status >= 400 && status < 500)
        || says(words, "invalid_request", "context_length", "content_filter", "not_found")) {
      return UpstreamFailures.refusedRequest(Optional.empty());
    }
    return UpstreamFailures.failedWhileAnswering();
  }

  private static boolean says(String words, String... any) {
    for (var word : any) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** The HTTP status that vendors put into {@code status}, {@code status_code} or {@code code}; 0 when there is none. */
  private static int status(JsonValue error) {
    for (var name : new String[] {"status", "status_code", "code"}) {
      var value = error.find(name);
      if (value != null) {
        long number = value.asLong().orElseGet(() -> fromDigits(word(value)));
        if (number >= 400 && number <= 599) {
          return (int) number;
        }
      }
    }
    return 0;
  }

  private static long fromDigits(String text) {
    return text.matches("[1-5][0-9][0-9]") ? Integer.parseInt(text) : 0;
  }

  private static String word(@Nullable JsonValue value) {
    return value != null && value.is(JsonValue.Type.STRING) ? value.asString() : "";
  }

  private static String forTheLog(JsonValue error) {
    var text = new String(
        error.document(), error.start(), error.end() - error.start(), StandardCharsets.UTF_8);
    return UpstreamError.masked(text, MOST_DETAIL);
  }
}
