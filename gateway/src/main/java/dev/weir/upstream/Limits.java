package dev.weir.upstream;

import dev.weir.protocol.Deadline;
import dev.weir.routing.AttemptRules;
import java.time.Clock;
import java.time.Duration;

/**
 * What binds one attempt. Immutable.
 *
 * @param whole until an answer that comes whole is there
 * @param deadline for the request as a whole, whichever attempt it is at
 * @param clock what the dates of an upstream are held against
 * @param share whether others wait for a part of the time
 */
record Limits(Timeouts timeouts, Duration whole, Deadline deadline, Clock clock, Share share) {
  /** How much of the time that is left one attempt may use up. */
  enum Share {
    ALL,
    /** Half of it: there are other targets, which a silent one must not rob of their turn. */
    HALF
  }

  /** How an answer comes. */
  enum Shape {
    STREAM,
    WHOLE
  }

  /** Those of a request that begins now. */
  static Limits of(Timeouts configured, AttemptRules rules, Clock clock) {
    var timeouts = configured.with(rules);
    return new Limits(
        timeouts,
        rules.firstEvent().orElse(timeouts.total()),
        Deadline.in(timeouts.total()),
        clock,
        Share.ALL);
  }

  /** The same, where other targets wait. */
  Limits shared() {
    return new Limits(timeouts, whole, deadline, clock, Share.HALF);
  }

  /** Nanoseconds in which an attempt must have committed to an answer. */
  long toCommit(Shape shape) {
    var left = switch (share) {
      case ALL -> deadline.left();
      case HALF -> deadline.left() / 2;
    };
    return switch (shape) {
      case STREAM -> Math.min(timeouts.firstEvent().toNanos(), left);
      case WHOLE -> Math.min(whole.toNanos(), left);
    };
  }
}
