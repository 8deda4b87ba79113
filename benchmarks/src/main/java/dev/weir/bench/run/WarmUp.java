package dev.weir.bench.run;

import dev.weir.bench.host.Cores;
import dev.weir.bench.host.Meter;
import dev.weir.bench.load.ClosedLoop;
import dev.weir.bench.load.Window;
import dev.weir.bench.service.RunningService;
import java.io.IOException;
import java.time.Duration;

/**
 * Load on a fresh gateway until its compilers have learnt: until CPU time per request falls no more. Measured too early, a
 * JVM costs several times what it costs a minute later.
 */
public final class WarmUp {
  private static final int CONNECTIONS = 32;
  private static final Duration SLICE = Duration.ofSeconds(3);
  private static final double BETTER = 0.95;
  private static final int CALM_SLICES = 2;

  private WarmUp() {}

  /** Saturates it until it is steady, or for this long. */
  public static void run(RunningService service, Cores cores, Duration atMost)
      throws IOException, InterruptedException {
    var request = service.ask("mock-500", 500, RunningService.Answer.WHOLE);
    var slice = atMost.compareTo(SLICE) < 0 ? atMost : SLICE;
    int slices = slice.isZero() ? 0 : (int) (atMost.toMillis() / slice.toMillis());
    var steady = new Steady();
    for (int i = 0; i < slices && !steady.reached(); i++) {
      var meter = new Meter(service.processes(), cores.service(), cores.load());
      var outcome =
          new ClosedLoop(CONNECTIONS).run(request, new Window(Duration.ZERO, slice, meter));
      steady.add((double) meter.reading().cpuMicros() / Math.max(1, outcome.units()));
    }
  }

  /** Tells when a falling cost has stopped to fall. Not thread-safe. */
  static final class Steady {
    private double best = Double.MAX_VALUE;
    private int calm;

    void add(double cost) {
      calm = cost < best * BETTER ? 0 : calm + 1;
      best = Math.min(best, cost);
    }

    /** Two measurements in a row were no better than the best before by 5 %. */
    boolean reached() {
      return calm >= CALM_SLICES;
    }
  }
}
