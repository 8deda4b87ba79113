package dev.weir.upstream;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.routing.AttemptRules;
import dev.weir.routing.RoutePlan;
import dev.weir.telemetry.AttemptTrace;
import dev.weir.telemetry.RequestTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through the targets of its plan: where the next attempt goes, and when there is none. Used by its page
 * alone.
 *
 * <p>A refused credential or a rate limit leads to the target's next credential, any other failure to the next target. When
 * none is left the first that is well is tried again, after a pause, as long as the budget of retries holds.
 */
final class Course {
  private static final int MOST_TARGETS = 64;
  private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
  private static final Duration OVERLOAD_WAIT = Duration.ofSeconds(1);

  private final List<TargetState> states;
  private final AttemptRules rules;
  private final RetryBudget budget;
  private final Limits limits;
  private final Duration longestPause;
  private final RequestTrace trace;

  /** One bit a target: it has failed this request, refused it, was asked or noted as passed over. */
  private long failedTargets;

  private long refusedTargets;
  private long notedTargets;
  private int timeouts;
  private int retries;
  private @Nullable GatewayException last;

  Course(
      RoutePlan plan,
      Targets targets,
      RetryBudget budget,
      Limits limits,
      Duration longestPause,
      RequestTrace trace) {
    this.states = states(plan, targets);
    this.rules = plan.rules();
    this.budget = budget;
    this.limits = limits;
    this.longestPause = longestPause;
    this.trace = trace;
    budget.request();
    states.getFirst().budget().request();
  }

  private static List<TargetState> states(RoutePlan plan, Targets targets) {
    var planned = plan.targets();
    if (planned.size() == 1) {
      return List.of(targets.of(planned.getFirst()));
    }
    var states = new ArrayList<TargetState>(planned.size());
    for (var target : planned.subList(0, Math.min(planned.size(), MOST_TARGETS))) {
      states.add(targets.of(target));
    }
    return states;
  }

  /** What binds an attempt that begins now: while others wait, none may use up the time of all. */
  Limits limits() {
    return others() ? limits.shared() : limits;
  }

  private boolean others() {
    return states.size() - Long.bitCount(failedTargets | refusedTargets) > 1;
  }

  /**
   * The lane of the next attempt, with a place on it.
   *
   * @throws GatewayException when there is none: the last failure, or why nothing was sent at all
   * @throws CancellationException when the client left during a pause
   */
  Lane next() {
    while (true) {
      var lane = open(Circuit.Entry.USUAL);
      if (lane == null && last != null) {
        lane = open(Circuit.Entry.LAST_RESORT);
      }
      if (lane != null) {
        return lane;
      }
      var failure = last;
      if (failure == null) {
        throw refusal();
      }
      if (!pause(failure)) {
        throw failure;
      }
      failedTargets = 0;
    }
  }

  /** A lane for a second attempt beside a silent one: of another target if one is well, else of the same. */
  Optional<Lane> beside(Lane silent) {
    var now = System.nanoTime();
    if (!budget.take(now) || !silent.target().budget().take(now)) {
      return Optional.empty();
    }
    for (var i = 0; i < states.size(); i++) {
      if (states.get(i) != silent.target() && !closed(i)) {
        var lane = states.get(i).enter(now, Circuit.Entry.USUAL);
        if (lane != null) {
          return Optional.of(lane);
        }
      }
    }
    return Optional.ofNullable(silent.target().enter(now, Circuit.Entry.USUAL));
  }

  /**
   * Learns of a failure.
   *
   * @param refusal why the request itself was refused, when another model may take it
   * @throws GatewayException the same, when no other attempt can cure it
   */
  void failed(Lane lane, GatewayException failure, Optional<AttemptRules.Refusal> refusal) {
    last = failure;
    var index = states.indexOf(lane.target());
    if (limits.deadline().passed()) {
      throw failure;
    }
    switch (failure.code()) {
      case UPSTREAM_AUTH_ERROR, UPSTREAM_RATE_LIMITED -> {
        // its circuit is cooling; the target's other credentials may serve
      }
      case UPSTREAM_UNAVAILABLE, UPSTREAM_INVALID_RESPONSE -> failedTargets |= 1L << index;
      case UPSTREAM_TIMEOUT -> {
        failedTargets |= 1L << index;
        timeouts++;
        // after one target's silence the next is tried; after a second's the client has waited
        // enough
        if (timeouts > 1) {
          throw failure;
        }
      }
      default -> {
        if (refusal.filter(rules.fallOver()::contains).isEmpty()) {
          throw failure;
        }
        refuse(lane.target().target().model());
      }
    }
  }

  private void refuse(String model) {
    for (var i = 0; i < states.size(); i++) {
      if (states.get(i).target().model().equals(model)) {
        refusedTargets |= 1L << i;
      }
    }
  }

  private boolean closed(int index) {
    return ((failedTargets | refusedTargets) >> index & 1) != 0;
  }

  private @Nullable Lane open(Circuit.Entry entry) {
    var now = System.nanoTime();
    for (var i = 0; i < states.size(); i++) {
      if (!closed(i)) {
        var lane = states.get(i).enter(now, entry);
        if (lane != null) {
          notedTargets |= 1L << i;
          return lane;
        }
        passedOver(i, now);
      }
    }
    return null;
  }

  private void passedOver(int index, long now) {
    if ((notedTargets >> index & 1) != 0) {
      return;
    }
    notedTargets |= 1L << index;
    var state = states.get(index);
    trace.attempted(new AttemptTrace(
        0,
        state.target().provider().name(),
        state.target().model(),
        "",
        AttemptTrace.SKIPPED,
        reason(state, now),
        now - trace.started(),
        0));
  }

  private static String reason(TargetState state, long now) {
    if (state.full()) {
      return "no_place";
    }
    return switch (state.nearest(now).circuit().state(now)) {
      case COOLING, CLOSED -> "cooling_down";
      case OPEN, PROBING -> "circuit_open";
    };
  }

  /** Nothing was sent: the targets are full, or their circuits keep them from being asked. */
  private GatewayException refusal() {
    var now = System.nanoTime();
    for (var state : states) {
      if (!state.full()) {
        return state.nearest(now).circuit().refusal(now);
      }
    }
    return GatewayException.of(
            ErrorCode.OVERLOADED,
            "The model's providers are at their limit. Please try again in a second.")
        .retryAfter(OVERLOAD_WAIT);
  }

  /** Waits before the targets are tried once more; false when they are not. */
  private boolean pause(GatewayException failure) {
    if (retries >= rules.retries() || !again(failure)) {
      return false;
    }
    var now = System.nanoTime();
    var pause = Math.max(backoff(), soonest(now));
    if (pause > longestPause.toNanos()
        || pause >= limits.deadline().left()
        || !budget.take(now)
        || !states.getFirst().budget().take(now)) {
      return false;
    }
    retries++;
    sleep(pause);
    return true;
  }

  private static boolean again(GatewayException failure) {
    return switch (failure.code()) {
      case UPSTREAM_UNAVAILABLE, UPSTREAM_INVALID_RESPONSE, UPSTREAM_RATE_LIMITED -> true;
      default -> false;
    };
  }

  private long backoff() {
    return (long) ((FIRST_PAUSE << retries) * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
  }

  /** Until the first of the circuits lets an attempt in. */
  private long soonest(long now) {
    var soonest = Long.MAX_VALUE;
    for (var i = 0; i < states.size(); i++) {
      if ((refusedTargets >> i & 1) == 0) {
        soonest = Math.min(soonest, states.get(i).nearest(now).circuit().opensIn(now));
      }
    }
    return soonest;
  }

  private static void sleep(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException left) {
      throw new CancellationException("the client left");
    }
  }
}
