package dev.weir.bench.host;

import java.util.List;
import java.util.Set;

/**
 * What some cores did since boot, in clock ticks, of {@code /proc/stat} (proc(5)). Immutable.
 *
 * @param busy neither idle nor waiting for a disk, stolen time included
 * @param steal taken by the hypervisor for others
 * @param total all time
 */
public record CoreTimes(long busy, long steal, long total) {
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  /** Their sum over these cores. Guest time is in user time already. */
  public static CoreTimes parse(List<String> procStat, Set<Integer> cores) {
    long busy = 0;
    long steal = 0;
    long total = 0;
    for (var line : procStat) {
      if (!line.startsWith("cpu") || line.startsWith("cpu ")) {
        continue;
      }
      var words = line.split(" +", -1);
      if (!cores.contains(Integer.parseInt(words[0].substring(3)))) {
        continue;
      }
      for (int i = 1; i <= STEAL && i < words.length; i++) {
        long ticks = Long.parseLong(words[i]);
        total += ticks;
        busy += i == IDLE || i == IO_WAIT ? 0 : ticks;
        steal += i == STEAL ? ticks : 0;
      }
    }
    return new CoreTimes(busy, steal, total);
  }

  public CoreTimes since(CoreTimes before) {
    return new CoreTimes(busy - before.busy, steal - before.steal, total - before.total);
  }

  /** Share of the time that was busy, 0 to 1. */
  public double busyShare() {
    return total == 0 ? 0 : (double) busy / total;
  }

  /** Share of the time that was stolen, 0 to 1. */
  public double stealShare() {
    return total == 0 ? 0 : (double) steal / total;
  }
}
