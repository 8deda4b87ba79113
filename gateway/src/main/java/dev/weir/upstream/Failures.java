package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.openai.UpstreamError;
import dev.weir.routing.AttemptRules;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client is told when an upstream fails (contracts §2, errors). Stateless. */
final class Failures {
  private static final Duration MOST_WAIT = Duration.ofSeconds(60);
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

  private Failures() {}

  /** The failure that a status tells of, with what the body says for the log. */
  static GatewayException status(
      int status, @Nullable String retryAfter, UpstreamError error, Clock clock) {
    var detail = "the upstream answered " + status + ": " + error.forTheLog();
    if (status == 400 && error.code().equals("invalid_api_key")) {
      // Google's word for a wrong key
      return UpstreamFailures.refusedCredentials().detail(detail);
    }
    return switch (status) {
      // 402: the operator's account has run dry, which is nothing of the client's
      case 401, 402, 403 -> UpstreamFailures.refusedCredentials().detail(detail);
      case 429 ->
        UpstreamFailures.rateLimited().retryAfter(wait(retryAfter, clock)).detail(detail);
      case 408 -> timeout(detail);
      // Bedrock: the model failed, not the request
      case 424 -> unavailable(detail);
      case 404, 413, 422 -> invalidRequest(error).status(status).detail(detail);
      default ->
        status >= 400 && status < 500
            ? invalidRequest(error).detail(detail)
            : status >= 500 ? unavailable(detail) : invalid(detail);
    };
  }

  private static GatewayException invalidRequest(UpstreamError error) {
    var failure = UpstreamFailures.refusedRequest(error.reason());
    return error.param().map(failure::param).orElse(failure);
  }

  static GatewayException unavailable(String detail) {
    return UpstreamFailures.unavailable().detail(detail);
  }

  static GatewayException timeout(String detail) {
    return UpstreamFailures.timeout().detail(detail);
  }

  static GatewayException invalid(String detail) {
    return UpstreamFailures.invalidAnswer().detail(detail);
  }

  /** Why a request was refused, when a model of another kind may take it (OpenAI API reference, "Error codes"). */
  static Optional<AttemptRules.Refusal> refusal(int status, UpstreamError error) {
    if (status != 400 && status != 413 && status != 422) {
      return Optional.empty();
    }
    return switch (error.reason().orElse("")) {
      case "context_length_exceeded", "string_above_max_length" ->
        Optional.of(AttemptRules.Refusal.CONTEXT_LENGTH);
      case "content_filter", "content_policy_violation" ->
        Optional.of(AttemptRules.Refusal.CONTENT_FILTER);
      default -> Optional.empty();
    };
  }

  /** Whether a failure of the client library means that the connection failed, and not what came over it. */
  static boolean connectionLost(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof HttpClosedException
        || cause instanceof StreamResetException;
  }

  /** Retry-After (RFC 9110 §10.2.3) as seconds or a date, at most a minute; one second for nonsense. */
  private static Duration wait(@Nullable String text, Clock clock) {
    if (text == null) {
      return DEFAULT_WAIT;
    }
    Duration asked;
    try {
      asked = text.strip().matches("[0-9]{1,9}")
          ? Duration.ofSeconds(Long.parseLong(text.strip()))
          : Duration.between(
              clock.instant(),
              ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                  .toInstant());
    } catch (DateTimeException _) {
      return DEFAULT_WAIT;
    }
    if (asked.isNegative()) {
      return DEFAULT_WAIT;
    }
    return asked.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : asked;
  }
}
