package dev.weir.upstream;

import dev.weir.protocol.Deadline;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.provider.LocalProvider;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.RoutePlan;
import dev.weir.routing.Target;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Sends a request to the targets of its plan until one commits to an answer. Safe for many threads. */
public final class Upstream implements AutoCloseable {
  private final UpstreamClient client;
  private final LocalAnswers local = new LocalAnswers();
  private final Timeouts timeouts;
  private final Clock clock;

  public Upstream(Vertx vertx, Timeouts timeouts, Clock clock) {
    this.client = new UpstreamClient(vertx, timeouts);
    this.timeouts = timeouts;
    this.clock = clock;
  }

  /**
   * The first answer that a target commits to. Parks the calling virtual thread; an interrupt cancels the attempt.
   *
   * @throws GatewayException the last target's failure, or the first that no other target can cure
   * @throws java.util.concurrent.CancellationException when the page was interrupted because its client left
   */
  public Reply send(RoutePlan plan, ModelRequest request, RequestTrace trace) {
    var limits = new Limits(timeouts, Deadline.in(timeouts.total()), clock);
    var targets = plan.targets().iterator();
    var timedOut = false;
    while (true) {
      try {
        return attempt(targets.next(), request, trace, limits);
      } catch (GatewayException failure) {
        var again = timedOut;
        timedOut |= failure.code() == ErrorCode.UPSTREAM_TIMEOUT;
        // after one target's silence the next is tried, after a second's the client has waited
        // enough
        if (!targets.hasNext()
            || !Failures.othersMaySucceed(failure)
            || limits.deadline().passed()
            || (again && failure.code() == ErrorCode.UPSTREAM_TIMEOUT)) {
          throw failure;
        }
      }
    }
  }

  private Reply attempt(Target target, ModelRequest request, RequestTrace trace, Limits limits) {
    trace.attempts++;
    trace.provider = target.provider().name();
    trace.model = target.model();
    var start = System.nanoTime();
    try {
      return switch (target.provider()) {
        case RemoteProvider remote -> client.send(remote, target.model(), request, trace, limits);
        case LocalProvider inside -> local.answer(inside, target.model(), request, trace);
      };
    } finally {
      trace.spent(Stage.UPSTREAM, System.nanoTime() - start);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
