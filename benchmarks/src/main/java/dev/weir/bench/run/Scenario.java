package dev.weir.bench.run;

import dev.weir.bench.load.Load;
import dev.weir.bench.service.RunningService;

/**
 * One kind of load on one kind of request. Immutable.
 *
 * @param name as the command line takes it
 * @param text what it is, for the table
 * @param model the mock's order
 * @param promptBytes of the one message
 * @param unit what CPU time is divided by
 */
public record Scenario(
    String name,
    String text,
    String model,
    int promptBytes,
    RunningService.Answer answer,
    Unit unit,
    Load load) {

  /** What CPU time is divided by, and what else can be said. */
  public enum Unit {
    /** Saturated: latency says nothing. */
    REQUEST,
    /** At a rate: latency is what counts. */
    TIMED_REQUEST,
    FRAME;

    public boolean timed() {
      return this != REQUEST;
    }

    public String word() {
      return this == FRAME ? "frame" : "request";
    }
  }
}
