package dev.weir.pipeline;

import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.identity.Principal;
import dev.weir.protocol.ClientProtocol;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.routing.ApiRoute;
import dev.weir.routing.RequestFacts;
import dev.weir.routing.RouteDecision;
import dev.weir.snapshot.Snapshot;
import dev.weir.telemetry.RequestTrace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes through the stages and is not sent: what it would be decided, by the code that decides. Immutable.
 *
 * @param path on the data port
 * @param body as the client would send it
 */
public record DryRun(String path, byte[] body, RequestFacts.Headers headers) {
  /**
   * How far it came.
   *
   * @param route the API route that answers on the path, if one does
   * @param guardrails what holds for the request
   * @param decision null when a stage before refused the request
   * @param refusal what the client would be told; null when the request would be sent
   */
  public record Outcome(
      Optional<ApiRoute> route,
      GuardrailChain guardrails,
      RequestTrace trace,
      @Nullable RouteDecision decision,
      @Nullable GatewayException refusal) {}

  /** Runs it as this caller's. */
  public Outcome by(Principal caller, Snapshot snapshot) {
    var trace = new RequestTrace("explain", System.nanoTime());
    var builtIn = ClientProtocol.at(path);
    var route = builtIn.isPresent()
        ? Optional.<ApiRoute>empty()
        : snapshot.router().apiRoute(caller.tenantId(), "POST", path);
    if (route.isEmpty() && builtIn.isEmpty()) {
      return new Outcome(route, GuardrailChain.EMPTY, trace, null, UnknownPath.failure());
    }
    var chain = snapshot.guardrails(
        caller,
        route.flatMap(ApiRoute::guardrailProfileId),
        Optional.ofNullable(headers.value(Exchange.GUARDRAIL_PROFILE)));
    try {
      var checked = Guardrails.standalone().on(chain, trace).input(read(route));
      var facts = new RequestFacts(checked, headers, route, trace.flagged);
      var decision = snapshot.router().decide(caller, facts);
      return new Outcome(route, chain, trace, decision, decision.refusal());
    } catch (GatewayException refused) {
      return new Outcome(route, chain, trace, null, refused);
    }
  }

  private ModelRequest read(Optional<ApiRoute> route) {
    var document = route.map(one -> one.body(body)).orElse(body);
    return route
        .map(ApiRoute::protocol)
        .or(() -> ClientProtocol.at(path))
        .orElseThrow(UnknownPath::failure)
        .read(document, headers::value);
  }
}
