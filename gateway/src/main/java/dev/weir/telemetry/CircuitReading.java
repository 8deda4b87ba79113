package dev.weir.telemetry;

/**
 * How one target's circuit stands at this moment. Immutable.
 *
 * @param model one of the provider's list, or {@code *} for all that clients name beyond it: it becomes a label
 */
public record CircuitReading(String provider, String model, State state) {
  /** From well to unwell. */
  public enum State {
    CLOSED,
    COOLING,
    PROBING,
    OPEN;

    /** What the metric shows. */
    public int number() {
      return ordinal();
    }
  }
}
