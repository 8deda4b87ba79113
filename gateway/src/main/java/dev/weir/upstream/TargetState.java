package dev.weir.upstream;

import dev.weir.provider.LocalProvider;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.Target;
import dev.weir.telemetry.CircuitReading;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How one target is doing: its circuits, its time to the first event, the attempts under way. Safe for many threads. */
final class TargetState {
  private final Target target;
  private final int most;
  private final RetryBudget budget;
  private final List<Lane> lanes;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Latency latency = new Latency();

  /** Lets this many attempts be under way at once; further ones at the provider are drawn from the budget. */
  TargetState(Target target, int most, RetryBudget budget) {
    this.target = target;
    this.most = most;
    this.budget = budget;
    this.lanes = switch (target.provider()) {
      case RemoteProvider remote ->
        remote.credentials().stream()
            .map(credential -> new Lane(
                this,
                credential.id(),
                new Circuit(System.nanoTime()),
                Endpoint.of(remote, credential)))
            .toList();
      case LocalProvider _ ->
        List.of(new Lane(this, "", new Circuit(System.nanoTime()), Endpoint.NONE));
    };
  }

  Target target() {
    return target;
  }

  RetryBudget budget() {
    return budget;
  }

  List<Lane> lanes() {
    return lanes;
  }

  Latency latency() {
    return latency;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** The first lane that lets an attempt in, with a place taken; null when none does. */
  @Nullable
  Lane enter(long now, Circuit.Entry entry) {
    if (inFlight.incrementAndGet() <= most) {
      for (var lane : lanes) {
        if (lane.circuit().enter(now, entry)) {
          return lane;
        }
      }
    }
    leave();
    return null;
  }

  /** Gives the place back. */
  void leave() {
    inFlight.decrementAndGet();
  }

  boolean full() {
    return inFlight.get() >= most;
  }

  boolean available(long now) {
    if (full()) {
      return false;
    }
    for (var lane : lanes) {
      if (lane.circuit().available(now)) {
        return true;
      }
    }
    return false;
  }

  /** The lane that will be open first. */
  Lane nearest(long now) {
    var nearest = lanes.getFirst();
    for (var lane : lanes) {
      if (lane.circuit().opensIn(now) < nearest.circuit().opensIn(now)) {
        nearest = lane;
      }
    }
    return nearest;
  }

  /** The best of its circuits. */
  CircuitReading reading(long now) {
    var best = CircuitReading.State.OPEN;
    for (var lane : lanes) {
      var state = switch (lane.circuit().state(now)) {
        case CLOSED -> CircuitReading.State.CLOSED;
        case COOLING -> CircuitReading.State.COOLING;
        case PROBING -> CircuitReading.State.PROBING;
        case OPEN -> CircuitReading.State.OPEN;
      };
      best = state.compareTo(best) < 0 ? state : best;
    }
    var provider = target.provider();
    var model = provider.models().contains(target.model()) ? target.model() : "*";
    return new CircuitReading(provider.name(), model, best);
  }
}
