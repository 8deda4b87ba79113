package dev.weir.upstream;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.provider.RemoteProvider;
import dev.weir.telemetry.AttemptTrace;
import dev.weir.telemetry.RequestTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bookkeeping of one attempt on one lane: its place, what its circuit learns, its note in the trace. Ended exactly once
 * by the page; a stream it committed to gives the place back when it is over, on whichever thread that is.
 */
final class Try {
  /** What a refused credential is spared; short, so that one that is good again is soon found out. */
  private static final Duration AUTH_COOL_DOWN = Duration.ofSeconds(4);

  private static final Duration LEAST_COOL_DOWN = Duration.ofSeconds(1);

  private final Lane lane;
  private final RequestTrace trace;
  private final int number;
  private final long began = System.nanoTime();
  private final AtomicBoolean left = new AtomicBoolean();

  /** Begins now, on a lane whose place is taken. */
  Try(Lane lane, RequestTrace trace) {
    this.lane = lane;
    this.trace = trace;
    trace.attempts++;
    this.number = trace.attempts;
    name();
  }

  Lane lane() {
    return lane;
  }

  /** What it carries of the trace that its request is part of. */
  List<Map.Entry<String, String>> propagated() {
    return trace.propagated(number);
  }

  private void name() {
    var target = lane.target().target();
    trace.provider = target.provider().name();
    trace.model = target.model();
  }

  /** The attempt has committed: the reply, whose end is watched. */
  Reply committed(Reply reply) {
    var now = System.nanoTime();
    name();
    note(AttemptTrace.SUCCESS, "", now);
    lane.target().latency().record(now - began, now);
    if (remote()) {
      lane.circuit().succeeded(began, now);
    }
    return switch (reply) {
      case Reply.Whole whole -> {
        leave();
        yield whole;
      }
      case Reply.Streamed streamed ->
        new Reply.Streamed(streamed.headers(), new Watched(this, streamed.events()));
    };
  }

  /** The attempt has failed before it committed. */
  void failed(GatewayException failure) {
    var now = System.nanoTime();
    var detail = failure.detail();
    note(failure.code().code(), detail == null ? "" : detail, now);
    learn(failure, now);
    leave();
  }

  /** The attempt was given up: its client left, or another was faster. */
  void cancelled(String why) {
    note(AttemptTrace.CANCELLED, why, System.nanoTime());
    lane.circuit().withdrawn(began);
    leave();
  }

  private void learn(GatewayException failure, long now) {
    var circuit = lane.circuit();
    if (!remote()) {
      return;
    }
    switch (failure.code()) {
      case UPSTREAM_AUTH_ERROR -> circuit.cool(now, AUTH_COOL_DOWN, failure);
      case UPSTREAM_RATE_LIMITED -> circuit.cool(now, coolDown(failure), failure);
      case UPSTREAM_UNAVAILABLE, UPSTREAM_INVALID_RESPONSE, UPSTREAM_TIMEOUT ->
        circuit.failed(began, now, failure);
      // a provider that finds fault with a request is well
      default -> circuit.succeeded(began, now);
    }
  }

  private static Duration coolDown(GatewayException failure) {
    var asked = failure.retryAfter();
    return asked == null || asked.compareTo(LEAST_COOL_DOWN) < 0 ? LEAST_COOL_DOWN : asked;
  }

  private boolean remote() {
    return lane.target().target().provider() instanceof RemoteProvider;
  }

  private void note(String outcome, String why, long now) {
    var target = lane.target().target();
    trace.attempted(new AttemptTrace(
        number,
        target.provider().name(),
        target.model(),
        lane.credential(),
        outcome,
        why,
        began - trace.started(),
        now - began));
  }

  private void broke(GatewayException failure) {
    if (remote()) {
      lane.circuit().failed(began, System.nanoTime(), failure);
    }
    leave();
  }

  private void leave() {
    if (left.compareAndSet(false, true)) {
      lane.target().leave();
    }
  }

  /** A committed stream: gives the place back at its end, and tells the circuit when it broke. */
  private record Watched(Try attempt, EventSource source) implements EventSource {
    @Override
    public void start(EventSink sink) {
      source.start(new WatchedSink(attempt, sink));
    }

    @Override
    public void pause() {
      source.pause();
    }

    @Override
    public void resume() {
      source.resume();
    }

    @Override
    public void cancel() {
      attempt.leave();
      source.cancel();
    }
  }

  private record WatchedSink(Try attempt, EventSink sink) implements EventSink {
    @Override
    public void event(byte[] frame) {
      sink.event(frame);
    }

    @Override
    public void end() {
      attempt.leave();
      sink.end();
    }

    @Override
    public void fail(GatewayException failure) {
      attempt.broke(failure);
      sink.fail(failure);
    }
  }
}
