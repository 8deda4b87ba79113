package dev.weir.bench.run;

import dev.weir.bench.host.Meter;
import dev.weir.bench.load.Outcome;
import dev.weir.bench.stats.DelayedAck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What makes a block say nothing. Such a block is kept and said, and not counted. */
public final class VoidRules {
  private static final double MOST_STEAL = 0.01;
  private static final double MOST_LOAD_BUSY = 0.85;
  private static final double MOST_FOREIGN = 0.10;
  private static final double FULL = 0.95;

  private VoidRules() {}

  static List<String> broken(
      Scenario scenario, Outcome outcome, Meter.Reading reading, Plan.Neighbours neighbours) {
    var broken = new ArrayList<String>();
    if (outcome.failures() > 0) {
      broken.add(outcome.failures() + " failures, the first: " + outcome.firstFailure());
    }
    if (outcome.units() == 0) {
      broken.add("nothing was answered");
    }
    if (DelayedAck.in(outcome.latency()) || DelayedAck.in(outcome.firstByte())) {
      broken.add("a mode at 38 to 46 ms: delayed acknowledgements");
    }
    if (neighbours == Plan.Neighbours.REFUSED) {
      broken.addAll(crowded(scenario.unit(), reading));
    }
    return List.copyOf(broken);
  }

  /** What others did on the machine meanwhile that spoils a measurement of these units. */
  public static List<String> crowded(Scenario.Unit unit, Meter.Reading reading) {
    var broken = new ArrayList<String>();
    if (reading.steal() > MOST_STEAL) {
      broken.add(percent("steal", reading.steal()));
    }
    if (unit.timed() && reading.loadBusy() > MOST_LOAD_BUSY) {
      broken.add(percent("load core", reading.loadBusy()));
    }
    if (reading.foreign() > MOST_FOREIGN) {
      broken.add(percent("others on the service's core", reading.foreign()));
    }
    return List.copyOf(broken);
  }

  /** Whether the load gave out before the service: its CPU per request then holds wake-ups that saturation would spare. */
  static boolean unsaturated(Scenario scenario, Meter.Reading reading) {
    return !scenario.unit().timed() && reading.loadBusy() > FULL && reading.serviceBusy() < FULL;
  }

  private static String percent(String what, double share) {
    return String.format(Locale.ROOT, "%s %.0f %%", what, share * 100);
  }
}
