package dev.weir.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.routing.Target;
import dev.weir.routing.TargetHealth;
import dev.weir.telemetry.CircuitReading;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The states of all targets, kept while the configuration changes around them. Safe for many threads; never waits.
 *
 * <p>Clients may name any model of a provider without a list, so the least used are forgotten beyond ten thousand.
 */
public final class Targets implements TargetHealth {
  private static final int MOST = 10_000;

  private final Cache<Target, TargetState> states =
      Caffeine.newBuilder().maximumSize(MOST).build();
  private final Cache<String, RetryBudget> budgets =
      Caffeine.newBuilder().maximumSize(MOST).build();
  private final int mostPerTarget;

  /** Lets this many attempts be under way at one target. */
  public Targets(int mostPerTarget) {
    this.mostPerTarget = mostPerTarget;
  }

  TargetState of(Target target) {
    var known = states.getIfPresent(target);
    return known != null ? known : states.get(target, this::fresh);
  }

  private TargetState fresh(Target target) {
    var budget = budgets.get(target.provider().name(), _ -> new RetryBudget());
    return new TargetState(target, mostPerTarget, budget);
  }

  @Override
  public boolean available(Target target) {
    var state = states.getIfPresent(target);
    return state == null || state.available(System.nanoTime());
  }

  @Override
  public long latencyNanos(Target target) {
    var state = states.getIfPresent(target);
    return state == null ? 0 : state.latency().average();
  }

  @Override
  public int inFlight(Target target) {
    var state = states.getIfPresent(target);
    return state == null ? 0 : state.inFlight();
  }

  /** What the metric shows: one reading for each listed model, the worst of the others of a provider as one. */
  public List<CircuitReading> readings() {
    var now = System.nanoTime();
    var readings = new TreeMap<String, CircuitReading>();
    for (var state : states.asMap().values()) {
      var reading = state.reading(now);
      readings.merge(
          reading.provider() + "/" + reading.model(),
          reading,
          (one, other) -> one.state().compareTo(other.state()) >= 0 ? one : other);
    }
    return List.copyOf(readings.values());
  }

  /** How each target that was asked so far is doing, by name. */
  public List<TargetReport> reports() {
    var now = System.nanoTime();
    return states.asMap().values().stream()
        .map(state -> TargetReport.of(state, now))
        .sorted(Comparator.comparing(TargetReport::id))
        .toList();
  }
}
