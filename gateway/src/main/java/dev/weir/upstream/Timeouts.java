package dev.weir.upstream;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect to open a connection, TLS included
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
}
