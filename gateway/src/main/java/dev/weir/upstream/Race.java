package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.routing.AttemptRules;
import dev.weir.telemetry.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, or two when the first is slow and the plan asks for it: the one that commits first is taken, the other is
 * cancelled and counts for nothing. Used by one page.
 */
final class Race {
  private final UpstreamClient client;
  private final Course course;
  private final ModelRequest request;
  private final RequestTrace trace;
  private final List<Runner> running = new ArrayList<>(2);

  /** An attempt under way. */
  private record Runner(Try attempt, Call call) {}

  Race(UpstreamClient client, Course course, ModelRequest request, RequestTrace trace) {
    this.client = client;
    this.course = course;
    this.request = request;
    this.trace = trace;
  }

  /**
   * Runs from this lane; empty when all have failed and the course goes on.
   *
   * @throws GatewayException a failure that no other attempt can cure
   * @throws CancellationException when the client left
   */
  Optional<Reply> run(Lane lane, Optional<AttemptRules.Hedge> hedge) {
    try {
      var first = start(lane);
      return hedge.isEmpty() ? outcome(first) : hedged(first, hedge.get());
    } catch (InterruptedException left) {
      giveUp("the client left");
      throw new CancellationException("the client left");
    }
  }

  private Runner start(Lane lane) {
    var attempt = new Try(lane, trace);
    var runner = new Runner(attempt, client.send(attempt, request, course.limits()));
    running.add(runner);
    return runner;
  }

  private Optional<Reply> hedged(Runner first, AttemptRules.Hedge hedge)
      throws InterruptedException {
    var arrivals = new LinkedBlockingQueue<Runner>();
    announce(first, arrivals);
    var arrived = arrivals.poll(patience(first, hedge), TimeUnit.NANOSECONDS);
    if (arrived == null) {
      course.beside(first.attempt().lane()).ifPresent(lane -> announce(start(lane), arrivals));
      arrived = arrivals.take();
    }
    var outcome = outcome(arrived);
    while (outcome.isEmpty() && !running.isEmpty()) {
      outcome = outcome(arrivals.take());
    }
    return outcome;
  }

  private static long patience(Runner first, AttemptRules.Hedge hedge) {
    var usual = first.attempt().lane().target().latency().percentile(hedge.percentile());
    return Math.max(usual, hedge.atLeast().toNanos());
  }

  private static void announce(Runner runner, BlockingQueue<Runner> arrivals) {
    var _ = runner.call().committed().whenComplete((_, _) -> arrivals.add(runner));
  }

  /** Waits for this one: its reply, or empty when it has failed. */
  private Optional<Reply> outcome(Runner runner) throws InterruptedException {
    try {
      var reply = runner.call().committed().get();
      running.remove(runner);
      giveUp("another attempt was faster");
      runner.call().claim(trace);
      return Optional.of(runner.attempt().committed(reply));
    } catch (ExecutionException failure) {
      running.remove(runner);
      lost(runner, known(failure.getCause()));
      return Optional.empty();
    }
  }

  private void lost(Runner runner, GatewayException failure) {
    runner.attempt().failed(failure);
    try {
      course.failed(runner.attempt().lane(), failure, runner.call().refusal());
    } catch (GatewayException last) {
      // the other may still commit, unless the request itself is at fault
      if (running.isEmpty()) {
        throw last;
      }
    }
  }

  private static GatewayException known(@Nullable Throwable failure) {
    return failure instanceof GatewayException known
        ? known
        : Failures.unavailable(String.valueOf(failure));
  }

  private void giveUp(String why) {
    for (var runner : running) {
      runner.call().cancel();
      runner.attempt().cancelled(why);
    }
    running.clear();
  }
}
