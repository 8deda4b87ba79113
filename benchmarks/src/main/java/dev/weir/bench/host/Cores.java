package dev.weir.bench.host;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who runs where: the service that is measured on cores of its own, everything else on the others. Immutable.
 *
 * @param service numbers as the kernel counts them
 * @param load the mock, the generator and the harness
 */
public record Cores(Set<Integer> service, Set<Integer> load) {
  /** Reads lists like {@code 0} or {@code 1-3,5}. */
  public static Set<Integer> parse(String list) {
    return Arrays.stream(list.split(",", -1))
        .flatMapToInt(range -> {
          var ends = range.split("-", 2);
          return IntStream.rangeClosed(
              Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[ends.length - 1].strip()));
        })
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The form that taskset takes. */
  static String text(Set<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
