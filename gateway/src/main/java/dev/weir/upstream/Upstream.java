package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.provider.LocalProvider;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.AttemptRules;
import dev.weir.routing.RoutePlan;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Sends a request to the targets of its plan until one commits to an answer. Safe for many threads. */
public final class Upstream implements AutoCloseable {
  private final UpstreamClient client;
  private final LocalAnswers local;
  private final RetryBudget budget = new RetryBudget();
  private final UpstreamSettings settings;
  private final Targets targets;
  private final Clock clock;

  public Upstream(
      Vertx vertx,
      UpstreamSettings settings,
      Targets targets,
      CredentialHeaders credentials,
      Clock clock) {
    this.client = new UpstreamClient(vertx, settings.timeouts(), credentials);
    this.local = new LocalAnswers(clock);
    this.settings = settings;
    this.targets = targets;
    this.clock = clock;
  }

  /**
   * The first answer that a target commits to. Parks the calling virtual thread; an interrupt cancels what is under way.
   *
   * @throws GatewayException the last attempt's failure, the first that no other target can cure, or why nothing was sent
   * @throws CancellationException when the page was interrupted because its client left
   */
  public Reply send(RoutePlan plan, ModelRequest request, RequestTrace trace) {
    var start = System.nanoTime();
    trace.operation = request.operation();
    var course = course(plan, trace);
    try {
      while (true) {
        var lane = course.next();
        var reply = attempt(lane, course, plan, request, trace);
        if (reply.isPresent()) {
          return reply.get();
        }
      }
    } finally {
      trace.spent(Stage.UPSTREAM, System.nanoTime() - start);
    }
  }

  private Course course(RoutePlan plan, RequestTrace trace) {
    var limits = Limits.of(settings.timeouts(), plan.rules(), clock);
    return new Course(plan, targets, budget, limits, settings.longestPause(), trace);
  }

  /** The reply, or empty when another attempt may cure the failure. */
  private Optional<Reply> attempt(
      Lane lane, Course course, RoutePlan plan, ModelRequest request, RequestTrace trace) {
    var provider = lane.target().target().provider();
    var own = request.ownAnswer();
    if (own.isPresent() && !takes(provider, request)) {
      return Optional.of(new Try(lane, trace).committed(own.get()));
    }
    return switch (provider) {
      case RemoteProvider _ -> {
        var race = new Race(client, course, request, trace);
        yield race.run(lane, plan.rules().hedge());
      }
      case LocalProvider inside -> inside(inside, lane, course, request, trace);
    };
  }

  private static boolean takes(Provider provider, ModelRequest request) {
    return provider instanceof RemoteProvider remote
        && remote.translator().has(request.operation());
  }

  private Optional<Reply> inside(
      LocalProvider provider, Lane lane, Course course, ModelRequest request, RequestTrace trace) {
    var attempt = new Try(lane, trace);
    try {
      var model = lane.target().target().model();
      return Optional.of(attempt.committed(local.answer(provider, model, request, trace)));
    } catch (GatewayException failure) {
      attempt.failed(failure);
      course.failed(lane, failure, Optional.<AttemptRules.Refusal>empty());
      return Optional.empty();
    } catch (RuntimeException gone) {
      attempt.cancelled("the client left, or a defect");
      throw gone;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
