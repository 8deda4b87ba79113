package dev.weir.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure on its way to the client: what the client may read, and the detail that only the log may hold.
 *
 * <p>Carries no stack trace: it is an answer, not a defect, and is thrown on hot paths. Immutable.
 */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int status;
  private final @Nullable String param;
  private final @Nullable Duration retryAfter;
  private final @Nullable String detail;
  private final transient @Nullable Reply answer;

  private GatewayException(
      ErrorCode code,
      int status,
      String message,
      @Nullable String param,
      @Nullable Duration retryAfter,
      @Nullable String detail,
      @Nullable Reply answer) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.param = param;
    this.retryAfter = retryAfter;
    this.detail = detail;
    this.answer = answer;
  }

  /** A failure with a message written for the client: no host, key, class name or upstream text in it. */
  public static GatewayException of(ErrorCode code, String message) {
    return new GatewayException(code, code.status(), message, null, null, null, null);
  }

  /** What every refused key is answered with: the same for all, so that nobody learns which keys exist. */
  public static GatewayException invalidApiKey() {
    return of(
        ErrorCode.INVALID_API_KEY,
        "The API key is missing or not valid. Send it as 'Authorization: Bearer <key>'.");
  }

  /** The same, naming the request field at fault as a path: {@code messages[2].role}. */
  public GatewayException param(String path) {
    return new GatewayException(code, status, text(), path, retryAfter, detail, answer);
  }

  /** The same, under another status (an upstream's own 404 or 422). */
  public GatewayException status(int other) {
    return new GatewayException(code, other, text(), param, retryAfter, detail, answer);
  }

  /** The same, telling the client when another try may succeed. */
  public GatewayException retryAfter(Duration wait) {
    return new GatewayException(code, status, text(), param, wait, detail, answer);
  }

  /** The same, with what only the log under the request id may show. */
  public GatewayException detail(String forTheLog) {
    return new GatewayException(code, status, text(), param, retryAfter, forTheLog, answer);
  }

  /** The same, told to the client by an answer of the protocol in place of an error. */
  public GatewayException answeredBy(Reply reply) {
    return new GatewayException(code, status, text(), param, retryAfter, detail, reply);
  }

  /** What the client gets in place of an error; null when an error is what it gets. */
  public @Nullable Reply answer() {
    return answer;
  }

  public ErrorCode code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** The message that the client reads. */
  public String text() {
    return String.valueOf(getMessage());
  }

  public @Nullable String param() {
    return param;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** What only the log may show; null when the message says all. */
  public @Nullable String detail() {
    return detail;
  }
}
