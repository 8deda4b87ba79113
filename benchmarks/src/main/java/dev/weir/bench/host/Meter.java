package dev.weir.bench.host;

import dev.weir.bench.load.Window;
import java.util.Set;

/**
 * Reads the CPU time of one service and of the cores at the borders of a window. Used by one load at a time.
 *
 * <p>A service of no process costs nothing: that is how a direct path is measured.
 */
public final class Meter implements Window.Border {
  private final Set<Long> processes;
  private final Set<Integer> serviceCores;
  private final Set<Integer> loadCores;
  private volatile long cpu;
  private volatile CoreTimes service = new CoreTimes(0, 0, 0);
  private volatile CoreTimes load = new CoreTimes(0, 0, 0);

  public Meter(Set<Long> processes, Set<Integer> serviceCores, Set<Integer> loadCores) {
    this.processes = processes;
    this.serviceCores = serviceCores;
    this.loadCores = loadCores;
  }

  @Override
  public void begins() {
    service = ProcFiles.cores(serviceCores);
    load = ProcFiles.cores(loadCores);
    cpu = processes.isEmpty() ? 0 : ProcFiles.cpuMicros(processes);
  }

  @Override
  public void ends() {
    cpu = processes.isEmpty() ? 0 : ProcFiles.cpuMicros(processes) - cpu;
    service = ProcFiles.cores(serviceCores).since(service);
    load = ProcFiles.cores(loadCores).since(load);
  }

  /** What was used between begin and end. */
  public Reading reading() {
    var coreMicros = service.total() * (1e6 / ProcessStat.TICKS_PER_SECOND);
    var foreign = coreMicros == 0 ? 0 : service.busyShare() - cpu / coreMicros;
    return new Reading(
        cpu,
        service.busyShare(),
        load.busyShare(),
        Math.max(service.stealShare(), load.stealShare()),
        Math.max(0, foreign));
  }

  /**
   * A window's use of the machine; shares are 0 to 1.
   *
   * @param cpuMicros of the service
   * @param serviceBusy of the service's cores
   * @param loadBusy of the other cores
   * @param steal the larger of both groups'
   * @param foreign of the service's cores, spent by others than the service
   */
  public record Reading(
      long cpuMicros, double serviceBusy, double loadBusy, double steal, double foreign) {}
}
