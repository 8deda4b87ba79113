package dev.weir.bench.host;

/**
 * One line of {@code /proc/<pid>/stat} (proc(5)), as far as CPU time needs it. Immutable.
 *
 * @param ticks CPU time in clock ticks, user and system, of all its threads and of the children it has waited for
 */
public record ProcessStat(long pid, long parent, long ticks) {
  /** Ticks a second in what the kernel shows: USER_HZ, 100 on every architecture that Java 25 runs on. */
  public static final int TICKS_PER_SECOND = 100;

  private static final int STATE = 0;
  private static final int PARENT = STATE + 1;
  private static final int USER_TIME = STATE + 11;

  /** Reads a line; the name in it may hold spaces and brackets. */
  public static ProcessStat parse(String line) {
    var words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = USER_TIME; i < USER_TIME + 4; i++) {
      ticks += Long.parseLong(words[i]);
    }
    return new ProcessStat(
        Long.parseLong(line.substring(0, line.indexOf(' '))), Long.parseLong(words[PARENT]), ticks);
  }
}
