package dev.weir.upstream;

import java.time.Duration;

/**
 * How providers are asked. Immutable.
 *
 * @param mostPerTarget attempts under way at one target; further requests go to the next, or are refused
 * @param longestPause before another attempt, also where a provider asks for more by Retry-After; at most 60 s
 */
public record UpstreamSettings(Timeouts timeouts, int mostPerTarget, Duration longestPause) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  public static final UpstreamSettings DEFAULT =
      new UpstreamSettings(Timeouts.DEFAULT, 8192, Duration.ofSeconds(2));

  /**
   * @throws IllegalArgumentException when a number is out of range
   */
  public UpstreamSettings {
    if (mostPerTarget < 1) {
      throw new IllegalArgumentException("at least one attempt a target must be let in");
    }
    if (longestPause.isNegative() || longestPause.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the longest pause is 0 to 60 s");
    }
  }

  /** As usual, but for the time limits. */
  public static UpstreamSettings of(Timeouts timeouts) {
    return new UpstreamSettings(timeouts, DEFAULT.mostPerTarget(), DEFAULT.longestPause());
  }
}
