package dev.weir.upstream;

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
  private final LocalAnswers local;

  public Upstream(Vertx vertx, Timeouts timeouts, Clock clock) {
    this.client = new UpstreamClient(vertx, timeouts, clock);
    this.local = new LocalAnswers();
  }

  /**
   * The first answer that a target commits to. Parks the calling virtual thread; an interrupt cancels the attempt.
   *
   * @throws GatewayException the last target's failure, or the first that no other target can cure
   */
  public Reply send(RoutePlan plan, ModelRequest request, RequestTrace trace) {
    var targets = plan.targets().iterator();
    while (true) {
      var target = targets.next();
      try {
        return attempt(target, request, trace);
      } catch (GatewayException failure) {
        if (!targets.hasNext() || !Failures.othersMaySucceed(failure)) {
          throw failure;
        }
      }
    }
  }

  private Reply attempt(Target target, ModelRequest request, RequestTrace trace) {
    trace.attempts++;
    trace.provider = target.provider().name();
    trace.model = target.model();
    var start = System.nanoTime();
    try {
      return switch (target.provider()) {
        case RemoteProvider remote ->
          client.send(remote, target.model(), request, new Attempt(request, trace));
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
