package dev.weir.routing;

/** How targets are doing, as the attempts that were sent to them saw it. Safe for many threads; never waits. */
public interface TargetHealth {
  /** Nothing is known: every target is available. */
  TargetHealth UNKNOWN = new TargetHealth() {
    @Override
    public boolean available(Target target) {
      return true;
    }

    @Override
    public long latencyNanos(Target target) {
      return 0;
    }

    @Override
    public int inFlight(Target target) {
      return 0;
    }
  };

  /** Whether a request may be sent there now: no open circuit, no cool-down, a place free. */
  boolean available(Target target);

  /** Peak-sensitive moving average of the time to the first event, in nanoseconds; 0 when nothing is known. */
  long latencyNanos(Target target);

  /** Attempts under way. */
  int inFlight(Target target);
}
