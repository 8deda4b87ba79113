package dev.weir.bench.report;

import dev.weir.bench.run.Block;
import dev.weir.bench.run.IdleCost;
import dev.weir.bench.run.Plan;
import dev.weir.bench.run.StartUp;
import java.util.List;

/**
 * The whole of a run as it is kept. Immutable.
 *
 * @param at ISO 8601, UTC
 * @param commit of the sources, or empty
 * @param command the options it was started with
 * @param baseline the service that others are multiples of
 * @param neighbours whether blocks count that other programs disturbed
 */
public record Results(
    String at,
    String commit,
    String command,
    String baseline,
    Plan.Neighbours neighbours,
    Machine machine,
    List<Summary> summaries,
    List<StartUp> starts,
    List<IdleCost> idle,
    List<Block> blocks) {

  /** Where it ran, without names that tell whose machine it is. */
  public record Machine(
      String cpu, int cores, String kernel, long memoryMib, String java, List<String> programs) {}
}
