package dev.weir.bench.report;

import dev.weir.bench.run.Block;
import dev.weir.bench.run.Scenario;
import dev.weir.bench.service.RunningService;
import dev.weir.bench.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One service in one scenario. Times in microseconds; what is added is this service's percentile less the direct path's in
 * the same half of the same round. Immutable.
 *
 * @param cpuMicros per request or frame
 * @param timesBaseline the same divided by the baseline's in the same half of the same round
 * @param counted blocks that count, of {@code all}
 * @param unsaturated blocks in which the load gave out before the service
 */
public record Summary(
    String scenario,
    String unit,
    String service,
    Estimate cpuMicros,
    Estimate timesBaseline,
    Estimate perSecond,
    Estimate addedP50,
    Estimate addedP95,
    Estimate addedP99,
    Estimate addedFirstByteP50,
    Estimate addedFirstByteP99,
    int counted,
    int all,
    int unsaturated) {

  /** One row for each scenario and service, in the order of measurement. */
  public static List<Summary> of(List<Block> blocks, List<Scenario> scenarios, String baseline) {
    var rows = new ArrayList<Summary>();
    for (var scenario : scenarios) {
      var within =
          blocks.stream().filter(b -> b.scenario().equals(scenario.name())).toList();
      for (var service : within.stream().map(Block::service).distinct().toList()) {
        rows.add(row(within, scenario.unit().word(), service, baseline));
      }
    }
    return rows;
  }

  private static Summary row(List<Block> within, String unit, String service, String baseline) {
    var own = within.stream().filter(b -> b.service().equals(service)).toList();
    var good = own.stream().filter(Block::counts).toList();
    return new Summary(
        within.getFirst().scenario(),
        unit,
        service,
        each(good, Block::cpuMicrosPerUnit),
        paired(good, within, baseline, (mine, other) -> ratio(mine, other)),
        each(good, Block::perSecond),
        added(good, within, b -> b.latency().p50()),
        added(good, within, b -> b.latency().p95()),
        added(good, within, b -> b.latency().p99()),
        addedFirstByte(good, within, b -> b.firstByte().p50()),
        addedFirstByte(good, within, b -> b.firstByte().p99()),
        good.size(),
        own.size(),
        (int) own.stream().filter(Block::unsaturated).count());
  }

  private static Estimate each(List<Block> blocks, ToDoubleFunction<Block> value) {
    return Estimate.of(blocks.stream().map(value::applyAsDouble).toList());
  }

  private static Estimate added(
      List<Block> good, List<Block> within, ToDoubleFunction<Block> percentile) {
    return paired(good, within, RunningService.DIRECT, (mine, direct) -> {
      boolean timed = mine.latency().count() > 0 && direct.latency().count() > 0;
      return timed
          ? Optional.of(percentile.applyAsDouble(mine) - percentile.applyAsDouble(direct))
          : Optional.empty();
    });
  }

  private static Estimate addedFirstByte(
      List<Block> good, List<Block> within, ToDoubleFunction<Block> percentile) {
    return paired(good, within, RunningService.DIRECT, (mine, direct) -> {
      boolean timed = mine.firstByte().count() > 0 && direct.firstByte().count() > 0;
      return timed
          ? Optional.of(percentile.applyAsDouble(mine) - percentile.applyAsDouble(direct))
          : Optional.empty();
    });
  }

  private static Optional<Double> ratio(Block mine, Block baseline) {
    return mine.cpuMicrosPerUnit() > 0 && baseline.cpuMicrosPerUnit() > 0
        ? Optional.of(mine.cpuMicrosPerUnit() / baseline.cpuMicrosPerUnit())
        : Optional.empty();
  }

  /** What two blocks of one half of one round have to say to each other. */
  @FunctionalInterface
  private interface Pairing {
    Optional<Double> of(Block mine, Block other);
  }

  private static Estimate paired(
      List<Block> good, List<Block> within, String partner, Pairing pairing) {
    var found = new ArrayList<Double>();
    for (var mine : good) {
      within.stream()
          .filter(other -> other.service().equals(partner)
              && other.counts()
              && other.round() == mine.round()
              && other.half() == mine.half())
          .findFirst()
          .flatMap(other -> pairing.of(mine, other))
          .ifPresent(found::add);
    }
    return Estimate.of(found);
  }
}
