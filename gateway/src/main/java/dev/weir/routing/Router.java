package dev.weir.routing;

import dev.weir.identity.Principal;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.routing.RouteDecision.Judged;
import dev.weir.routing.RouteDecision.Verdict;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a request goes. Immutable; hot path.
 *
 * <p>Who answers for a name: the API route the request came in by; else the policies that the caller's levels name, key
 * first and tenant last; else the tenant's aliases; else the catalogue.
 */
public final class Router {
  private static final int MOST_QUOTED = 128;
  private static final Comparator<Judged> BY_VERDICT = Comparator.comparing(Judged::verdict);

  private final Catalogue catalogue;
  private final RoutingBook book;
  private final TargetHealth health;
  private final Clock clock;

  /**
   * @param clock by which time windows are told
   */
  public Router(Catalogue catalogue, RoutingBook book, TargetHealth health, Clock clock) {
    this.catalogue = catalogue;
    this.book = book;
    this.health = health;
    this.clock = clock;
  }

  /** A router without policies. */
  public Router(Catalogue catalogue) {
    this(catalogue, RoutingBook.EMPTY, TargetHealth.UNKNOWN, Clock.systemUTC());
  }

  /**
   * The targets for a caller's request.
   *
   * @throws GatewayException MODEL_NOT_FOUND, or PERMISSION_DENIED when the key may not use it
   */
  public RoutePlan plan(Principal caller, RequestFacts facts, RequestTrace trace) {
    var start = System.nanoTime();
    try {
      var decision = decide(caller, facts);
      trace.asked = decision.asked();
      trace.decision = decision;
      return decision.plan();
    } finally {
      trace.spent(Stage.ROUTE, System.nanoTime() - start);
    }
  }

  /** The same without sending anything: plan or refusal, and how it came to it. */
  public RouteDecision decide(Principal caller, RequestFacts facts) {
    var resolver = resolver(caller);
    var fixed = facts.route().flatMap(ApiRoute::routingPolicyId);
    var found = fixed.isPresent() ? resolver.fixed(fixed.get()) : resolver.resolve(facts.asked());
    if (found.choice() == null) {
      return decision(found, List.of(), List.of(), notFound(found.asked()));
    }
    var evaluation = new Evaluation(facts, health, clock, caller.keyId());
    var judged = judge(evaluation.order(found.choice()), found, resolver);
    var refusal =
        judged.getFirst().verdict() == Verdict.NOT_ALLOWED ? forbidden(found.asked()) : null;
    return decision(found, evaluation.steps(), judged, refusal);
  }

  private static RouteDecision decision(
      Resolution found,
      List<Evaluation.Step> steps,
      List<Judged> targets,
      @Nullable GatewayException refusal) {
    return new RouteDecision(
        found.asked(), found.origin(), found.rule(), found.passed(), steps, targets, refusal);
  }

  private Resolver resolver(Principal caller) {
    return new Resolver(caller, book.tenant(caller.tenantId()), catalogue);
  }

  /** The API route of a tenant that a path leads to. */
  public Optional<ApiRoute> apiRoute(String tenantId, String method, String path) {
    return book.tenant(tenantId).routes().find(method, path);
  }

  /** The methods under which a tenant has a path; empty when it has none. */
  public Set<String> apiRouteMethods(String tenantId, String path) {
    return book.tenant(tenantId).routes().methods(path);
  }

  /** Each target once: those that are well, then those that are not, then those the key may not use. */
  private List<Judged> judge(List<Choice.One> order, Resolution found, Resolver resolver) {
    var open = resolver.mayAsk(found);
    if (order.size() == 1) {
      return List.of(judge(order.getFirst().target(), open, resolver));
    }
    var judged = new ArrayList<Judged>(order.size());
    for (var one : order) {
      if (isNew(one.target(), judged)) {
        // judged once: health may change while this runs, and nobody may fall between two looks
        judged.add(judge(one.target(), open, resolver));
      }
    }
    judged.sort(BY_VERDICT);
    return judged;
  }

  private static boolean isNew(Target target, List<Judged> judged) {
    for (var one : judged) {
      if (one.target().equals(target)) {
        return false;
      }
    }
    return true;
  }

  private Judged judge(Target target, boolean open, Resolver resolver) {
    if (!open && !resolver.mayUse(target)) {
      return new Judged(target, Verdict.NOT_ALLOWED);
    }
    return new Judged(target, health.available(target) ? Verdict.PLANNED : Verdict.LAST_RESORT);
  }

  /** The names of models that a caller may use, and no others. */
  public List<VisibleModel> visibleTo(Principal caller) {
    return VisibleModels.of(resolver(caller));
  }

  private static GatewayException forbidden(String model) {
    return GatewayException.of(
            ErrorCode.PERMISSION_DENIED, "This key may not use the model " + quoted(model) + ".")
        .param("model");
  }

  /** The failure for a model that is not there. */
  public static GatewayException notFound(String model) {
    return GatewayException.of(
            ErrorCode.MODEL_NOT_FOUND,
            "There is no model " + quoted(model) + ". GET /v1/models lists those this key may use.")
        .param("model");
  }

  private static String quoted(String model) {
    return "'" + (model.length() > MOST_QUOTED ? model.substring(0, MOST_QUOTED) + "…" : model)
        + "'";
  }
}
