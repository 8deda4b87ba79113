package dev.weir.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What one request was seen to do: written by the stages as they pass, read once at the end for headers, metrics and log.
 *
 * <p>Not thread-safe: it belongs to its request, whose steps happen one after the other. Times are nanoseconds of
 * {@link System#nanoTime()}.
 */
public final class RequestTrace {
  private final String requestId;
  private final long started;
  private final long[] spent = new long[Stage.values().length];

  public @Nullable String tenant;
  public @Nullable String department;
  public @Nullable String team;
  public @Nullable String keyId;

  /** Which tier of the key cache answered: local, redis, db or negative. */
  public @Nullable String keyTier;

  public @Nullable String model;
  public @Nullable String provider;

  /** The route's pattern ({@code /v1/models/{id}}), never the path itself: it becomes a metric label. */
  public String route = "unmatched";

  /** The HTTP method as sent: bounded to the known ones before it becomes a label. */
  public String method = "";

  public int attempts;
  public int databaseQueries;
  public boolean stream;

  /** Tokens as the upstream reported them or as counted; -1 while unknown. */
  public long tokensIn = -1;

  public long tokensOut = -1;

  /** When the first event or the whole answer came from upstream; 0 while none has. */
  public long firstByteAt;

  public RequestTrace(String requestId, long started) {
    this.requestId = requestId;
    this.started = started;
  }

  public String requestId() {
    return requestId;
  }

  public long started() {
    return started;
  }

  /** Adds to a stage's time, which may be entered more than once. */
  public void spent(Stage stage, long nanos) {
    spent[stage.ordinal()] += nanos;
  }

  public long spent(Stage stage) {
    return spent[stage.ordinal()];
  }

  /** Time since the request's first byte was read. */
  public long elapsed() {
    return System.nanoTime() - started;
  }
}
