package dev.weir.routing;

import dev.weir.protocol.TokenUsage;
import dev.weir.usage.Price;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Orders the targets of one policy for one request: the same facts, randomness and health give the same order. Not
 * thread-safe; hot path.
 */
final class Evaluation {
  /** What a target costs whose latency is not known yet while attempts are under way: enough not to pile up on it. */
  private static final double UNKNOWN_LATENCY = 1e9;

  private final RequestFacts facts;
  private final TargetHealth health;
  private final Clock clock;
  private final String key;
  private final List<Step> steps = new ArrayList<>(2);

  /** A strategy that was asked, and which of its branches it put first. */
  record Step(Choice.Of choice, int first) {}

  /**
   * @param key id of the caller's key, by which draws may stick
   */
  Evaluation(RequestFacts facts, TargetHealth health, Clock clock, String key) {
    this.facts = facts;
    this.health = health;
    this.clock = clock;
    this.key = key;
  }

  /** What was asked so far, innermost first. */
  List<Step> steps() {
    return steps;
  }

  /** All targets in order; never empty; the same target may stand in it twice. */
  List<Choice.One> order(Choice choice) {
    return switch (choice) {
      case Choice.One one -> one.alone();
      case Choice.Of of -> order(of);
    };
  }

  private List<Choice.One> order(Choice.Of of) {
    if (of.strategy() instanceof Strategy.Conditional conditional) {
      var branch = holding(conditional);
      steps.add(new Step(of, branch));
      return order(of.branches().get(branch));
    }
    var lists = new ArrayList<List<Choice.One>>(of.branches().size());
    for (var branch : of.branches()) {
      lists.add(order(branch));
    }
    var scores = scores(of, lists);
    var result = new ArrayList<Choice.One>(of.size());
    for (var i = 0; i < scores.length; i++) {
      var next = lowest(scores);
      scores[next] = Double.NaN;
      if (i == 0) {
        steps.add(new Step(of, next));
      }
      result.addAll(lists.get(next));
    }
    return result;
  }

  private int holding(Strategy.Conditional conditional) {
    var cases = conditional.cases();
    for (var i = 0; i < cases.size(); i++) {
      if (cases.get(i).holds(facts, clock)) {
        return i;
      }
    }
    return cases.size();
  }

  /** One for each branch: the lower, the sooner it is tried. */
  private double[] scores(Choice.Of of, List<List<Choice.One>> lists) {
    return switch (of.strategy()) {
      case Strategy.Fallback _ -> new double[lists.size()];
      case Strategy.Weighted weighted -> draws(of, weighted);
      case Strategy.Latency _ -> twoDrawn(of, latencies(lists));
      case Strategy.LeastBusy _ -> busyness(of, lists);
      case Strategy.Cheapest _ -> costs(lists);
      case Strategy.Conditional _ -> throw new IllegalStateException("a condition has no score");
    };
  }

  // the smallest of exponential draws falls to each with its share, and to the next ones when that
  // one is gone
  private double[] draws(Choice.Of of, Strategy.Weighted weighted) {
    var seed = of.salt() ^ subject(weighted.sticky());
    var scores = new double[of.branches().size()];
    for (var i = 0; i < scores.length; i++) {
      double weight = weighted.weights().get(of.sources().get(i));
      var draw = StableHash.fraction(StableHash.mix(seed ^ of.salts().get(i)));
      scores[i] = weight == 0 ? Double.POSITIVE_INFINITY : -Math.log(draw) / weight;
    }
    return scores;
  }

  private long subject(Strategy.Weighted.Sticky sticky) {
    return switch (sticky) {
      case NONE -> facts.randomness();
      case KEY -> StableHash.of(key);
      case USER -> {
        var user = facts.user();
        yield StableHash.of(user == null ? key : user);
      }
    };
  }

  private double[] latencies(List<List<Choice.One>> lists) {
    var scores = new double[lists.size()];
    for (var i = 0; i < scores.length; i++) {
      var one = lead(lists.get(i));
      scores[i] = one == null ? Double.POSITIVE_INFINITY : latency(one.target());
    }
    return scores;
  }

  private double latency(Target target) {
    var known = health.latencyNanos(target);
    var busy = health.inFlight(target);
    return known == 0 ? busy * UNKNOWN_LATENCY : (double) known * (busy + 1);
  }

  /** Puts the better of two drawn before all others; drawing spares the best one the rush of everybody. */
  private double[] twoDrawn(Choice.Of of, double[] scores) {
    var well = 0;
    for (var score : scores) {
      well += Double.isInfinite(score) ? 0 : 1;
    }
    if (well > 2) {
      var bits = StableHash.mix(facts.randomness() ^ of.salt());
      var one = (int) Math.floorMod(bits, (long) well);
      var other = (int) Math.floorMod((bits >>> 32) % (well - 1) + one + 1, (long) well);
      var first = nth(scores, one);
      var second = nth(scores, other);
      scores[scores[first] <= scores[second] ? first : second] = -1;
    }
    return scores;
  }

  private static int nth(double[] scores, int n) {
    var left = n;
    for (var i = 0; i < scores.length; i++) {
      if (!Double.isInfinite(scores[i]) && left-- == 0) {
        return i;
      }
    }
    throw new IllegalStateException("fewer are well than were counted");
  }

  // those equally busy are drawn, or an idle gateway would only ever know the first
  private double[] busyness(Choice.Of of, List<List<Choice.One>> lists) {
    var seed = facts.randomness() ^ of.salt();
    var scores = new double[lists.size()];
    for (var i = 0; i < scores.length; i++) {
      var one = lead(lists.get(i));
      scores[i] = one == null
          ? Double.POSITIVE_INFINITY
          : health.inFlight(one.target())
              + StableHash.fraction(StableHash.mix(seed ^ of.salts().get(i))) / 2;
    }
    return scores;
  }

  private double[] costs(List<List<Choice.One>> lists) {
    var usage = new TokenUsage(facts.tokens(), facts.answerTokens(), 0, 0);
    var now = clock.instant();
    var scores = new double[lists.size()];
    for (var i = 0; i < scores.length; i++) {
      var one = lead(lists.get(i));
      var price = one == null ? Optional.<Price>empty() : one.prices().flatMap(all -> all.at(now));
      var cost = price.map(known -> known.cost(usage)).orElse(OptionalLong.empty());
      scores[i] = cost.isPresent() ? cost.getAsLong() : Double.POSITIVE_INFINITY;
    }
    return scores;
  }

  /** The first that is well; null when none is. */
  private Choice.@Nullable One lead(List<Choice.One> list) {
    for (var one : list) {
      if (health.available(one.target())) {
        return one;
      }
    }
    return null;
  }

  private static int lowest(double[] scores) {
    var lowest = -1;
    for (var i = 0; i < scores.length; i++) {
      if (!Double.isNaN(scores[i]) && (lowest < 0 || scores[i] < scores[lowest])) {
        lowest = i;
      }
    }
    return lowest;
  }
}
