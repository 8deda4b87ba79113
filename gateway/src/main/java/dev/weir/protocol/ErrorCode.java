package dev.weir.protocol;

/** The failures a client can be told of, each with its status, its OpenAI error type and its code (contracts §2, errors). */
public enum ErrorCode {
  INVALID_JSON(400, "invalid_request_error"),
  INVALID_VALUE(400, "invalid_request_error"),
  BAD_REQUEST(400, "invalid_request_error"),
  CONTENT_POLICY_VIOLATION(400, "invalid_request_error"),
  INVALID_API_KEY(401, "authentication_error"),
  INVALID_ADMIN_TOKEN(401, "authentication_error"),
  PERMISSION_DENIED(403, "permission_error"),
  MODEL_UNPRICED(403, "permission_error"),
  MODEL_NOT_FOUND(404, "invalid_request_error"),
  UNKNOWN_URL(404, "invalid_request_error"),
  NOT_FOUND(404, "invalid_request_error"),
  CONFLICT(409, "invalid_request_error"),
  PRECONDITION_FAILED(412, "invalid_request_error"),
  METHOD_NOT_ALLOWED(405, "invalid_request_error"),
  REQUEST_TOO_LARGE(413, "invalid_request_error"),
  URI_TOO_LONG(414, "invalid_request_error", "request_too_large"),
  HEADERS_TOO_LARGE(431, "invalid_request_error", "request_too_large"),
  UNSUPPORTED_MEDIA_TYPE(415, "invalid_request_error"),
  REQUEST_TIMEOUT(408, "invalid_request_error"),
  RATE_LIMIT_EXCEEDED(429, "rate_limit_error"),
  INSUFFICIENT_QUOTA(429, "insufficient_quota"),
  UPSTREAM_RATE_LIMITED(429, "rate_limit_error"),
  UPSTREAM_INVALID_REQUEST(400, "invalid_request_error"),
  UPSTREAM_AUTH_ERROR(502, "upstream_error"),
  UPSTREAM_UNAVAILABLE(502, "upstream_error"),
  UPSTREAM_INVALID_RESPONSE(502, "upstream_error"),
  UPSTREAM_TIMEOUT(504, "upstream_error"),
  AUTH_UNAVAILABLE(503, "server_error"),
  DATABASE_UNAVAILABLE(503, "server_error"),
  OVERLOADED(503, "server_error"),
  INTERNAL_ERROR(500, "server_error");

  private final int status;
  private final String type;
  private final String code;

  ErrorCode(int status, String type) {
    this.status = status;
    this.type = type;
    this.code = name().toLowerCase(java.util.Locale.ROOT);
  }

  ErrorCode(int status, String type, String code) {
    this.status = status;
    this.type = type;
    this.code = code;
  }

  /** The HTTP status, unless the failure carries its own (an upstream's 404 or 422). */
  public int status() {
    return status;
  }

  /** OpenAI's {@code error.type}. */
  public String type() {
    return type;
  }

  /** OpenAI's {@code error.code}: stable, lower case, what clients switch on. */
  public String code() {
    return code;
  }
}
