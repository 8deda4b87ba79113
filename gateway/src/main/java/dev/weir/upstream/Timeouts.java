package dev.weir.upstream;

import dev.weir.routing.AttemptRules;
import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect to find a host's address and open a connection, TLS included
 * @param firstEvent from sending the request to the first event of a stream
 * @param idle between two events with content; comments do not count
 * @param total for the whole attempt; the only limit of an answer that comes whole
 */
public record Timeouts(Duration connect, Duration firstEvent, Duration idle, Duration total) {
  public static final Timeouts DEFAULT = new Timeouts(
      Duration.ofSeconds(3),
      Duration.ofSeconds(60),
      Duration.ofSeconds(60),
      Duration.ofMinutes(10));

  /** The same, but for what a plan says. */
  Timeouts with(AttemptRules rules) {
    if (rules.firstEvent().isEmpty() && rules.total().isEmpty()) {
      return this;
    }
    return new Timeouts(
        connect, rules.firstEvent().orElse(firstEvent), idle, rules.total().orElse(total));
  }
}
