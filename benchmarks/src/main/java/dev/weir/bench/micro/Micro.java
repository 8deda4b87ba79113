package dev.weir.bench.micro;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of this package, time and bytes allocated for each operation. Stateless. */
public final class Micro {
  private static final String EACH_ALLOCATION = "gc.alloc.rate.norm";

  private Micro() {}

  /**
   * Runs those whose name matches, each in a fresh JVM with the gateway's own options.
   *
   * @param pattern a regular expression, or nothing for all
   */
  public static String run(String pattern) throws RunnerException {
    var options = new OptionsBuilder()
        .include("dev\\.weir\\.bench\\.micro\\..*" + pattern)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class)
        .jvmArgs("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx512m")
        .build();
    var table = new StringBuilder();
    for (var result : new Runner(options).run()) {
      var time = result.getPrimaryResult();
      var bytes = result.getSecondaryResults().get(EACH_ALLOCATION);
      var name = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
      var sizes = result.getParams().getParamsKeys().stream()
          .map(key -> key + "=" + result.getParams().getParam(key))
          .toList();
      table.append(String.format(
          java.util.Locale.ROOT,
          "%-34s %-20s %12.1f +- %8.1f %s %12.0f B%n",
          name,
          String.join(" ", sizes),
          time.getScore(),
          time.getScoreError(),
          time.getScoreUnit(),
          bytes == null ? Double.NaN : bytes.getScore()));
    }
    return table.toString();
  }
}
