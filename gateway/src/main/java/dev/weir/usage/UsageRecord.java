package dev.weir.usage;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt that was sent to a provider, settled: whose it was, what it used, what it cost. Immutable.
 *
 * @param attemptId never the same twice: writing a record again changes nothing
 * @param at when it was settled
 * @param caller whose key was used
 * @param tokens as reported or as counted
 * @param charge empty: the price, or what was used, is unknown
 * @param outcome {@code success}, {@code cancelled}, or the failure's code
 * @param tookNanos until the attempt committed, failed or was cancelled
 * @param totalNanos from the request's first byte until it was settled
 */
public record UsageRecord(
    UUID attemptId,
    Instant at,
    String requestId,
    String route,
    Caller caller,
    String provider,
    String model,
    Tokens tokens,
    Optional<Charge> charge,
    String outcome,
    long tookNanos,
    long totalNanos) {
  /** The levels of a key, as they were. */
  public record Caller(
      String tenantId, Optional<String> departmentId, Optional<String> teamId, String keyId) {}

  /**
   * A cost, and the price that it was made by.
   *
   * @param nanos nano-dollars
   * @param priceFrom since when that price holds: its version; empty where nothing was used, or it is free
   */
  public record Charge(long nanos, Optional<Instant> priceFrom) {
    /** Nothing was used, and it cost nothing. */
    static final Charge NOTHING = new Charge(0, Optional.empty());
  }

  /** Where token counts come from. */
  public enum Origin {
    REPORTED,
    ESTIMATED
  }

  /**
   * Tokens of one attempt.
   *
   * @param input cached ones included
   * @param output reasoning included
   */
  public record Tokens(long input, long output, long cached, long reasoning, Origin origin) {
    /** What no provider counts in one request; more is a mistake of theirs. */
    private static final long MOST = 1_000_000_000_000L;

    /** Nothing was used. */
    static final Tokens NONE = new Tokens(0, 0, 0, 0, Origin.REPORTED);

    public Tokens {
      input = bounded(input);
      output = bounded(output);
      cached = bounded(cached);
      reasoning = bounded(reasoning);
    }

    private static long bounded(long count) {
      return Math.clamp(count, 0, MOST);
    }
  }
}
