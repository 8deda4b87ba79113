package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.openai.UpstreamError;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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
    return switch (status) {
      // 402: the operator's account has run dry, which is nothing of the client's
      case 401, 402, 403 -> UpstreamFailures.refusedCredentials().detail(detail);
      case 429 ->
        UpstreamFailures.rateLimited().retryAfter(wait(retryAfter, clock)).detail(detail);
      case 408 -> timeout(detail);
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

  /** Whether a failure of the client library means that the connection failed, and not what came over it. */
  static boolean connectionLost(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof HttpClosedException
        || cause instanceof StreamResetException;
  }

  /** Whether the next target may succeed where this one failed. */
  static boolean othersMaySucceed(GatewayException failure) {
    return switch (failure.code()) {
      case UPSTREAM_AUTH_ERROR,
          UPSTREAM_RATE_LIMITED,
          UPSTREAM_UNAVAILABLE,
          UPSTREAM_INVALID_RESPONSE,
          UPSTREAM_TIMEOUT -> true;
      default -> false;
    };
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
