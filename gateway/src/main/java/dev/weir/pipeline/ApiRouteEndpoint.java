package dev.weir.pipeline;

import dev.weir.protocol.ClientProtocol;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every path that is not the gateway's own: a tenant's API route is served by the page of its protocol, so that no stage is
 * missing there; all else is nothing. Safe for many threads.
 */
public final class ApiRouteEndpoint implements Endpoint {
  /** The metric label of all API routes together: the paths are the tenants'. */
  public static final String LABEL = "api_route";

  private final Stages stages;
  private final Map<ClientProtocol, Endpoint> pages = new EnumMap<>(ClientProtocol.class);

  public ApiRouteEndpoint(Stages stages) {
    this.stages = stages;
    for (var protocol : ClientProtocol.values()) {
      pages.put(protocol, new ChatPipeline(stages, protocol));
    }
  }

  @Override
  public void handle(Exchange exchange) {
    if (anonymous(exchange)) {
      throw UnknownPath.failure();
    }
    var caller = stages.keyRing().authenticate(exchange.credential(), exchange.trace());
    var router = stages.snapshots().currentFor(caller).router();
    var tenant = caller.tenantId();
    var route = router.apiRoute(tenant, exchange.method(), exchange.path());
    if (route.isEmpty()) {
      absent(exchange, router.apiRouteMethods(tenant, exchange.path()));
      return;
    }
    var page = pages.getOrDefault(route.get().protocol(), new UnknownPath());
    exchange.trace().route = LABEL;
    exchange.speak(page.dialect());
    page.handle(new RoutedExchange(exchange, route.get()));
  }

  private static void absent(Exchange exchange, Set<String> methods) {
    if (methods.isEmpty()) {
      throw UnknownPath.failure();
    }
    var allowed = String.join(", ", methods);
    exchange.fail(
        GatewayException.of(ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + allowed + "."),
        List.of(Map.entry("allow", allowed)));
  }

  private static boolean anonymous(Exchange exchange) {
    return exchange.header("authorization") == null
        && exchange.header("x-api-key") == null
        && exchange.header("api-key") == null;
  }
}
