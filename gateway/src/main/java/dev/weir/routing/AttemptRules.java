package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a plan's targets are tried. Immutable.
 *
 * @param retries further attempts at one target when the plan holds no other that is well; 0 to 5
 * @param firstEvent until a stream's first event, for each attempt; empty: as configured
 * @param total for all attempts together; empty: as configured
 * @param hedge empty: never two attempts at once
 * @param fallOver refusals of a request after which a target with another model is tried
 */
public record AttemptRules(
    int retries,
    Optional<Duration> firstEvent,
    Optional<Duration> total,
    Optional<Hedge> hedge,
    Set<Refusal> fallOver) {
  public static final AttemptRules DEFAULT = new AttemptRules(
      1,
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Set.of(Refusal.CONTEXT_LENGTH, Refusal.CONTENT_FILTER));

  static final int MOST_RETRIES = 5;

  /**
   * @throws IllegalArgumentException when a number is out of range
   */
  public AttemptRules {
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException("retries must be 0 to " + MOST_RETRIES);
    }
    fallOver = Set.copyOf(fallOver);
  }

  /**
   * Reads {@code {"retries":1,"first_event_ms":5000,"total_ms":60000,"hedge":{"percentile":95,"at_least_ms":300},
   * "fall_over":["context_length","content_filter"]}}, each member optional.
   *
   * @param path of the value in its document
   * @throws InvalidDocument naming the first field at fault
   */
  public static AttemptRules read(JsonValue value, String path) {
    return AttemptRulesReader.read(value, path);
  }

  AttemptRules with(int other) {
    return new AttemptRules(other, firstEvent, total, hedge, fallOver);
  }

  AttemptRules withFirstEvent(Duration time) {
    return new AttemptRules(retries, Optional.of(time), total, hedge, fallOver);
  }

  public AttemptRules withTotal(Duration time) {
    return new AttemptRules(retries, firstEvent, Optional.of(time), hedge, fallOver);
  }

  AttemptRules withHedge(Hedge other) {
    return new AttemptRules(retries, firstEvent, total, Optional.of(other), fallOver);
  }

  AttemptRules withFallOver(Set<Refusal> other) {
    return new AttemptRules(retries, firstEvent, total, hedge, other);
  }

  /** Why a provider refused a request that another model may take. */
  public enum Refusal {
    CONTEXT_LENGTH,
    CONTENT_FILTER
  }

  /**
   * A second attempt while the first is still silent; whichever commits first is taken, the other cancelled.
   *
   * @param percentile of the target's recent times to the first event, after which the second is sent: 0.5 to 0.999
   * @param atLeast never sooner than this, and the wait while nothing is known of the target
   */
  public record Hedge(double percentile, Duration atLeast) {
    /**
     * @throws IllegalArgumentException when a number is out of range
     */
    public Hedge {
      if (!(percentile >= 0.5 && percentile <= 0.999)) {
        throw new IllegalArgumentException("percentile must be 0.5 to 0.999");
      }
      if (atLeast.isNegative() || atLeast.isZero()) {
        throw new IllegalArgumentException("at_least must be more than nothing");
      }
    }
  }
}
