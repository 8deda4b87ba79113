package dev.weir.bench.report;

import dev.weir.bench.run.Block;
import dev.weir.bench.run.Plan;
import dev.weir.bench.stats.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Results as text for a terminal. Stateless. */
public final class Table {
  private static final String ROW = "%-10s %-10s %10s %18s %18s %16s %16s %16s  %s%n";

  private Table() {}

  public static String of(Results results) {
    var out = new StringBuilder();
    if (results.neighbours() == Plan.Neighbours.TOLERATED) {
      out.append("Measured beside other programs: only the ratios of CPU time mean something.\n");
    }
    out.append(String.format(
        ROW,
        "scenario",
        "service",
        "a second",
        "CPU us",
        "x " + results.baseline(),
        "added P50 us",
        "added P99 us",
        "added TTFT us",
        "blocks"));
    for (var row : results.summaries()) {
      out.append(String.format(
          ROW,
          row.scenario(),
          row.service(),
          row.perSecond().known()
              ? String.format(Locale.ROOT, "%.0f", row.perSecond().median())
              : "-",
          text(row.cpuMicros(), "%.1f"),
          text(row.timesBaseline(), "%.2f"),
          text(row.addedP50(), "%.0f"),
          text(row.addedP99(), "%.0f"),
          text(row.addedFirstByteP50(), "%.0f"),
          blocks(row)));
    }
    out.append(starts(results)).append(voids(results.blocks()));
    if (results.blocks().stream().filter(block -> !block.counts()).count() * 2
        > results.blocks().size()) {
      out.append(
          "Most blocks are void. On a calm machine run it again; on one that never is, add --noisy.\n");
    }
    return out.toString();
  }

  /** How this run's multiples compare with another's. */
  public static String changes(Results before, Results now) {
    var out =
        new StringBuilder("Against the run of " + before.at() + " (multiples of the baseline):\n");
    for (var row : now.summaries()) {
      find(before.summaries(), row).filter(old -> old.timesBaseline().known()).ifPresent(old -> {
        if (row.timesBaseline().known()) {
          out.append(change(old, row));
        }
      });
    }
    return out.toString();
  }

  private static String change(Summary old, Summary now) {
    var was = old.timesBaseline();
    var is = now.timesBaseline();
    var apart = is.low() > was.high() || is.high() < was.low();
    return String.format(
        Locale.ROOT,
        "  %-10s %-10s %.2f -> %.2f (%+.0f %%)%s%n",
        now.scenario(),
        now.service(),
        was.median(),
        is.median(),
        (is.median() / was.median() - 1) * 100,
        apart ? "" : ", within the noise");
  }

  private static Optional<Summary> find(List<Summary> rows, Summary like) {
    return rows.stream()
        .filter(row -> row.scenario().equals(like.scenario()))
        .filter(row -> row.service().equals(like.service()))
        .findFirst();
  }

  private static String blocks(Summary row) {
    return row.counted() + "/" + row.all()
        + (row.unsaturated() > 0 ? ", load core full in " + row.unsaturated() : "");
  }

  private static String text(Estimate estimate, String format) {
    if (!estimate.known() || estimate.median() == 0) {
      return "-";
    }
    return String.format(
        Locale.ROOT,
        format + " [" + format + " " + format + "]",
        estimate.median(),
        estimate.low(),
        estimate.high());
  }

  private static String starts(Results results) {
    var out = new StringBuilder();
    for (var start : results.starts()) {
      out.append(String.format(
          Locale.ROOT,
          "start %d    %-10s first 200 after %.2f s, idle %.0f MiB (with its children %.0f MiB)%n",
          start.round(),
          start.service(),
          start.seconds(),
          start.residentMib(),
          start.treeMib()));
    }
    for (var cost : results.idle()) {
      out.append(String.format(
          Locale.ROOT,
          "idle %d     %-10s %d streams held open: %.1f KiB each%n",
          cost.round(),
          cost.service(),
          cost.streams(),
          cost.kibPerStream()));
    }
    return out.toString();
  }

  private static String voids(List<Block> blocks) {
    var out = new StringBuilder();
    for (var block : blocks.stream().filter(block -> !block.counts()).toList()) {
      out.append(String.format(
          "void       %-10s %-10s round %d half %d: %s%n",
          block.scenario(),
          block.service(),
          block.round(),
          block.half(),
          String.join("; ", block.voidBecause())));
    }
    return out.toString();
  }
}
