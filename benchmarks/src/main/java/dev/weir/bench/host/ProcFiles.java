package dev.weir.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads Linux' {@code /proc}. Stateless. */
public final class ProcFiles {
  private static final Path PROC = Path.of("/proc");

  private ProcFiles() {}

  /** Whether this system has what measuring needs. */
  public static boolean present() {
    return Files.isReadable(PROC.resolve("self/stat")) && Files.isReadable(PROC.resolve("stat"));
  }

  public static CoreTimes cores(Set<Integer> cores) {
    try {
      return CoreTimes.parse(Files.readAllLines(PROC.resolve("stat")), cores);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** These processes, their children and theirs, as far as they live. */
  public static List<ProcessStat> tree(Set<Long> roots) {
    var all = all();
    var inTree = new HashSet<Long>(roots);
    // parents may have larger numbers than their children: go on until nobody joins
    while (inTree.addAll(all.stream()
        .filter(one -> inTree.contains(one.parent()))
        .map(ProcessStat::pid)
        .toList())) {}
    return all.stream().filter(one -> inTree.contains(one.pid())).toList();
  }

  /** CPU time of trees in microseconds, in steps of 10 ms. */
  public static long cpuMicros(Set<Long> roots) {
    long ticks = tree(roots).stream().mapToLong(ProcessStat::ticks).sum();
    return ticks * (1_000_000 / ProcessStat.TICKS_PER_SECOND);
  }

  /** Memory that a process holds, in KiB; shared pages count whole. 0 when it is gone. */
  public static long residentKib(long pid) {
    try (var lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** The processes that were started with this in their environment, those of other users left out. */
  static Set<Long> withEnvironment(String entry) {
    var found = new HashSet<Long>();
    for (var process : all()) {
      try {
        var environment =
            Files.readString(PROC.resolve(process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
        if (environment.contains(entry)) {
          found.add(process.pid());
        }
      } catch (IOException _) {
        // gone, or somebody else's
      }
    }
    return found;
  }

  private static List<ProcessStat> all() {
    var found = new ArrayList<ProcessStat>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        try {
          found.add(ProcessStat.parse(
              Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException _) {
          // it ended between the listing and the reading
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found;
  }
}
