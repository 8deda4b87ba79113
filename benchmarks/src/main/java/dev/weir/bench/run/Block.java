package dev.weir.bench.run;

import dev.weir.bench.stats.Percentiles;
import java.util.List;

/**
 * One stretch of one scenario through one service. Immutable.
 *
 * @param round counts starts of the services, from 1
 * @param half 1 on the way there, 2 on the way back: what is in one half is compared
 * @param units answers or frames
 * @param cpuMicrosPerUnit of the service; 0 for the direct path
 * @param serviceBusy share of the service's cores that was busy, 0 to 1; {@code loadBusy} of the others
 * @param steal share that the hypervisor took, 0 to 1
 * @param foreign share of the service's cores that others used, 0 to 1
 * @param latency of answers, or of frames
 * @param firstByte of streams
 * @param unsaturated the load's cores were full before the service's
 * @param voidBecause why it does not count; empty when it does
 */
public record Block(
    int round,
    String scenario,
    String service,
    int half,
    long units,
    long failures,
    double perSecond,
    double cpuMicrosPerUnit,
    double serviceBusy,
    double loadBusy,
    double steal,
    double foreign,
    Percentiles latency,
    Percentiles firstByte,
    boolean unsaturated,
    List<String> voidBecause) {
  public boolean counts() {
    return voidBecause.isEmpty();
  }
}
