package dev.weir.pipeline;

import dev.weir.identity.Credential;
import dev.weir.protocol.Dialect;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.routing.ApiRoute;
import dev.weir.routing.RequestFacts;
import dev.weir.telemetry.RequestTrace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's request and the way back to it, for sequential code on a virtual thread.
 *
 * <p>Blocking calls park the virtual thread; bytes keep flowing on the event loop. Used by one thread at a time.
 */
public interface Exchange {
  /** The header by which a request asks for more guardrails than its key has. */
  String GUARDRAIL_PROFILE = "x-weir-guardrail-profile";

  String method();

  /** The path without the query, as sent. */
  String path();

  /**
   * What the route's pattern bound, decoded ({@code gpt-4o} for {@code id} of {@code /v1/models/{id}}; a last parameter
   * {@code {id...}} binds the rest of the path, slashes included).
   *
   * @throws IllegalArgumentException when the route has no such parameter
   */
  String pathParameter(String name);

  /** The query as sent, still encoded; empty when there is none. */
  String rawQuery();

  /** The first value of a query parameter, decoded; empty when absent. */
  Optional<String> query(String name);

  /** Address of the connection's other end, without its port; never taken from a header. */
  String clientAddress();

  @Nullable
  String header(String name);

  /** The profile that the API route names on which the request came; empty where there is none. */
  default Optional<String> routeProfile() {
    return route().flatMap(ApiRoute::guardrailProfileId);
  }

  /** The profile that the client asks for on top of what holds for its key; empty when it asks for none. */
  default Optional<String> guardrailProfile() {
    return Optional.ofNullable(header(GUARDRAIL_PROFILE));
  }

  /**
   * Where the client calls from, and the key presented by {@code Authorization: Bearer}, {@code x-api-key} or {@code api-key}.
   *
   * @throws GatewayException INVALID_API_KEY when there is none, or two that differ
   */
  Credential credential();

  /**
   * The whole body; reads no more than a small initial buffer before the first call, so that a stranger costs no memory.
   *
   * @throws GatewayException REQUEST_TOO_LARGE, REQUEST_TIMEOUT or UNSUPPORTED_MEDIA_TYPE
   */
  byte[] body();

  RequestTrace trace();

  /** The tenant's own path that the request came in by, if it did. */
  default Optional<ApiRoute> route() {
    return Optional.empty();
  }

  /** From here on failures are told in this dialect: the path alone did not say which it is. */
  void speak(Dialect dialect);

  /** What routing may know of a request that came in here. */
  default RequestFacts facts(ModelRequest request) {
    return new RequestFacts(request, this::header, route(), trace().flagged);
  }

  /** Answers with a JSON document made here. */
  default void answer(int status, byte[] json) {
    var _ = relay(new Reply.Whole(status, "application/json", List.of(), json));
  }

  /** Forwards an upstream's answer; returns when it is delivered, has failed (the client was told), or the client has left. */
  Delivery relay(Reply reply);

  /** Tells the client of a failure in its own dialect: JSON before the first byte, an error event after it. */
  void fail(GatewayException failure);

  /** The same, with these headers besides the standard ones. */
  void fail(GatewayException failure, List<Map.Entry<String, String>> headers);
}
