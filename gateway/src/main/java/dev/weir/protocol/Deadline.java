package dev.weir.protocol;

import java.time.Duration;

/**
 * A moment by which something must be over. Immutable.
 *
 * @param at in nanoseconds of {@link System#nanoTime()}
 */
public record Deadline(long at) {
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Nanoseconds that are left; zero or less when it has passed. */
  public long left() {
    return at - System.nanoTime();
  }

  public boolean passed() {
    return left() <= 0;
  }
}
