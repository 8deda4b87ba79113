package dev.weir.upstream;

import dev.weir.protocol.Deadline;
import java.time.Clock;

/**
 * What binds one attempt. Immutable.
 *
 * @param deadline for the request as a whole, whichever attempt it is at
 * @param clock what the dates of an upstream are held against
 */
record Limits(Timeouts timeouts, Deadline deadline, Clock clock) {
  /** Nanoseconds in which an attempt must have committed to an answer. */
  long toCommit(Shape shape) {
    return switch (shape) {
      case STREAM -> Math.min(timeouts.firstEvent().toNanos(), deadline.left());
      case WHOLE -> deadline.left();
    };
  }

  /** How an answer comes. */
  enum Shape {
    STREAM,
    WHOLE
  }
}
