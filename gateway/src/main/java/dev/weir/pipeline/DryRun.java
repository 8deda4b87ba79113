package dev.weir.pipeline;

import dev.weir.guardrail.engine.Guardrails;
import dev.weir.identity.Principal;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.protocol.openai.EmbeddingsRequest;
import dev.weir.routing.ApiRoute;
import dev.weir.routing.RequestFacts;
import dev.weir.routing.RouteDecision;
import dev.weir.snapshot.Snapshot;
import dev.weir.telemetry.RequestTrace;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes through the stages and is not sent: what it would be decided, by the code that decides. Immutable.
 *
 * @param path on the data port
 * @param body as the client would send it
 */
public record DryRun(String path, byte[] body, RequestFacts.Headers headers) {
  private static final Map<String, ApiRoute.Protocol> BUILT_IN = Map.of(
      "/v1/chat/completions", ApiRoute.Protocol.OPENAI_CHAT,
      "/v1/embeddings", ApiRoute.Protocol.OPENAI_EMBEDDINGS,
      "/v1/messages", ApiRoute.Protocol.ANTHROPIC_MESSAGES);

  /**
   * How far it came.
   *
   * @param route the API route that answers on the path, if one does
   * @param decision null when a stage before refused the request
   * @param refusal what the client would be told; null when the request would be sent
   */
  public record Outcome(
      Optional<ApiRoute> route,
      RequestTrace trace,
      @Nullable RouteDecision decision,
      @Nullable GatewayException refusal) {}

  /** Runs it as this caller's. */
  public Outcome by(Principal caller, Snapshot snapshot) {
    var trace = new RequestTrace("explain", System.nanoTime());
    var route = BUILT_IN.containsKey(path)
        ? Optional.<ApiRoute>empty()
        : snapshot.router().apiRoute(caller.tenantId(), "POST", path);
    if (route.isEmpty() && !BUILT_IN.containsKey(path)) {
      return new Outcome(route, trace, null, UnknownPath.failure());
    }
    try {
      var request = read(route);
      var chain = snapshot.guardrails(
          caller,
          route.flatMap(ApiRoute::guardrailProfileId),
          Optional.ofNullable(headers.value(Exchange.GUARDRAIL_PROFILE)));
      var checked = Guardrails.standalone().on(chain, trace).input(request);
      var facts = new RequestFacts(checked, headers, route, trace.flagged);
      var decision = snapshot.router().decide(caller, facts);
      return new Outcome(route, trace, decision, decision.refusal());
    } catch (GatewayException refused) {
      return new Outcome(route, trace, null, refused);
    }
  }

  private ModelRequest read(Optional<ApiRoute> route) {
    var document = route.map(one -> one.body(body)).orElse(body);
    var protocol = route.map(ApiRoute::protocol).orElseGet(() -> BUILT_IN.get(path));
    return switch (protocol) {
      case OPENAI_CHAT -> ChatRequest.read(document);
      case OPENAI_EMBEDDINGS -> EmbeddingsRequest.read(document);
      case ANTHROPIC_MESSAGES -> MessagesRequest.read(document);
    };
  }
}
