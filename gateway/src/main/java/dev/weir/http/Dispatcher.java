package dev.weir.http;

import dev.weir.pipeline.Endpoint;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestObserver;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.TraceContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each request to its endpoint, on a virtual thread of its own. Called on event loops; safe for many threads. */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** A name, an IPv4 address, or an IPv6 address in brackets, each with or without a port (RFC 3986 §3.2.2). */
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");

  private final Routes routes;
  private final ListenerSettings settings;
  private final RequestObserver observer;
  private final HeadWatch heads;
  private final PageQueue pages = new PageQueue();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Drain drain = new Drain();

  Dispatcher(Routes routes, ListenerSettings settings, RequestObserver observer) {
    this.routes = routes;
    this.settings = settings;
    this.observer = observer;
    this.heads = new HeadWatch(settings.headTimeout());
  }

  int inFlight() {
    return inFlight.get();
  }

  Drain drain() {
    return drain;
  }

  void connected(HttpConnection connection) {
    heads.connected(connection, loop());
  }

  void handle(HttpServerRequest request) {
    if (!heads.headRead(request.connection())) {
      return;
    }
    if (!framed(request)) {
      refuse(
          request,
          GatewayException.of(
              ErrorCode.BAD_REQUEST, "Send HTTP/1.1 with one Host header (RFC 9112 §3.2)."));
      return;
    }
    request.pause();
    var match = request.path() != null && request.path().startsWith("/")
        ? routes.find(request.path())
        : java.util.Optional.<Routes.Match>empty();
    var endpoint = endpoint(request, match);
    var exchange = exchange(
        request,
        match.map(Routes.Match::parameters).orElse(Map.of()),
        match.map(found -> found.route().pattern()).orElse("unmatched"));
    match.ifPresent(found -> exchange.speak(found.route().dialect()));
    // health and metrics are asked by those who must know that there is an overload
    if (HttpMethod.POST.equals(request.method()) && pages.crowded()) {
      exchange.fail(PageQueue.refusal());
      return;
    }
    pages.entered();
    var enteredAt = System.nanoTime();
    Thread.ofVirtual().start(() -> {
      pages.waited(System.nanoTime() - enteredAt);
      page(endpoint, exchange);
    });
  }

  // the codec refuses ambiguous lengths and line ends by itself; version and host it leaves to its
  // user
  private static boolean framed(HttpServerRequest request) {
    var hosts = request.headers().getAll("host");
    return request.version() == HttpVersion.HTTP_1_1
        && hosts.size() == 1
        && HOST.matcher(hosts.getFirst()).matches();
  }

  /** What the codec could not read: answered, and the connection closed. */
  void malformed(HttpServerRequest request) {
    if (!heads.headRead(request.connection())) {
      return;
    }
    refuse(request, refusal(request.decoderResult().cause()));
  }

  private void refuse(HttpServerRequest request, GatewayException failure) {
    var exchange = exchange(request, Map.of(), "unmatched");
    exchange.closeAfterAnswer();
    exchange.fail(failure);
  }

  private static GatewayException refusal(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
        GatewayException.of(ErrorCode.URI_TOO_LONG, "The request line is too long.");
      case TooLongHttpHeaderException _ ->
        GatewayException.of(ErrorCode.HEADERS_TOO_LARGE, "The request's headers are too large.");
      case TooLongFrameException _ ->
        GatewayException.of(ErrorCode.HEADERS_TOO_LARGE, "The request's head is too large.");
      default ->
        GatewayException.of(ErrorCode.BAD_REQUEST, "The request is not valid HTTP/1.1 (RFC 9112).")
            .detail(String.valueOf(cause));
    };
  }

  private VertxExchange exchange(
      HttpServerRequest request, Map<String, String> parameters, String route) {
    var connection = request.connection();
    var trace = new RequestTrace(
        StandardHeaders.requestId(request.getHeader("x-request-id")), System.nanoTime());
    trace.route = route;
    trace.method = request.method().name();
    trace.context = TraceContext.read(
            request.getHeader("traceparent"), request.getHeader("tracestate"))
        .orElse(null);
    var end = new RequestEnd(trace, observer, drain);
    inFlight.incrementAndGet();
    end.watch(request.response(), () -> {
      inFlight.decrementAndGet();
      heads.answered(connection);
    });
    var loop = loop();
    var body = new RequestBody(request, settings, loop, pages);
    return new VertxExchange(request, parameters, trace, body, end, loop);
  }

  private static EventLoop loop() {
    return ((ContextInternal) Vertx.currentContext()).nettyEventLoop();
  }

  private Endpoint endpoint(HttpServerRequest request, java.util.Optional<Routes.Match> match) {
    if (match.isEmpty()) {
      return routes.otherwise();
    }
    var route = match.get().route();
    var endpoint = route.endpoint(request.method().name());
    return endpoint == null ? notAllowed(route.allowed()) : endpoint;
  }

  private static Endpoint notAllowed(String allowed) {
    return exchange -> {
      var failure =
          GatewayException.of(ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + allowed + ".");
      exchange.fail(failure, List.of(Map.entry("allow", allowed)));
    };
  }

  private static void page(Endpoint endpoint, VertxExchange exchange) {
    exchange.end().pageBegins();
    try {
      endpoint.handle(exchange);
    } catch (GatewayException failure) {
      exchange.fail(failure);
    } catch (Throwable defect) {
      if (!exchange.end().clientLeft()) {
        LOG.error("request {} met a defect", exchange.trace().requestId(), defect);
      }
      exchange.fail(
          GatewayException.of(ErrorCode.INTERNAL_ERROR, "The gateway failed. Quote the request id.")
              .detail(String.valueOf(defect)));
      if (defect instanceof Error serious && !(defect instanceof StackOverflowError)) {
        throw serious;
      }
    } finally {
      exchange.pageEnds();
    }
  }
}
