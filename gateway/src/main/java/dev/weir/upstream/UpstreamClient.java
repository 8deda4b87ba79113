package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.provider.Presentation;
import dev.weir.provider.ProviderCall;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.VertxConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends one attempt to a provider over HTTP/1.1. Safe for many threads.
 *
 * <p>Certificates are always checked, redirects never followed, compressed answers never asked for.
 */
final class UpstreamClient implements AutoCloseable {
  private static final int CONNECTIONS_PER_HOST = 8192;
  private static final int MOST_READ = 16 << 10;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Timeouts timeouts;
  private final Destinations destinations;
  private final CredentialHeaders credentials;
  private final Absences absences = new Absences();
  /** The connections of the pool that have carried a request. */
  private final Set<HttpConnection> used = ConcurrentHashMap.newKeySet();

  /** One request as it is put on the wire. */
  private record Outgoing(
      Endpoint endpoint,
      ProviderCall call,
      List<Map.Entry<String, String>> credential,
      Limits.Shape shape,
      List<Map.Entry<String, String>> propagated) {
    RequestOptions options() {
      // the host stays the one that the certificate is held against, whatever address is connected
      // to
      return new RequestOptions()
          .setMethod(HttpMethod.POST)
          .setHost(endpoint.host())
          .setPort(endpoint.port())
          .setSsl(endpoint.tls())
          .setURI(endpoint.path() + call.path())
          .setFollowRedirects(false);
    }

    HttpClientRequest headers(HttpClientRequest sent) {
      sent.putHeader("content-type", "application/json");
      sent.putHeader(
          "accept",
          shape == Limits.Shape.STREAM ? call.framing().contentType() : "application/json");
      sent.putHeader("accept-encoding", "identity");
      sent.putHeader("user-agent", "weir");
      credential.forEach(header -> sent.putHeader(header.getKey(), header.getValue()));
      propagated.forEach(header -> sent.putHeader(header.getKey(), header.getValue()));
      call.headers().forEach(header -> sent.putHeader(header.getKey(), header.getValue()));
      return sent;
    }
  }

  UpstreamClient(Vertx vertx, Timeouts timeouts, CredentialHeaders credentials) {
    this.vertx = vertx;
    this.timeouts = timeouts;
    this.destinations = new Destinations(vertx);
    this.credentials = credentials;
    this.client = vertx
        .httpClientBuilder()
        .with(options(timeouts))
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST))
        // a kept connection that breaks is met when it is used; until then it is nobody's failure
        .withConnectHandler(connection -> {
          connection.exceptionHandler(_ -> {});
          prepare(connection);
        })
        .build();
  }

  /** What holds for every connection that the gateway opens. */
  static HttpClientOptions options(Timeouts timeouts) {
    var options = new HttpClientOptions();
    options.setTcpNoDelay(true).setConnectTimeout((int) timeouts.connect().toMillis());
    options.setSslHandshakeTimeout(timeouts.connect().toMillis());
    options.setSslHandshakeTimeoutUnit(java.util.concurrent.TimeUnit.MILLISECONDS);
    options.setTcpKeepAlive(true);
    options.setKeepAlive(true).setKeepAliveTimeout(55).setPipelining(false);
    options.setMaxHeaderSize(64 << 10).setMaxInitialLineLength(8 << 10);
    options.setDecompressionSupported(false).setVerifyHost(true).setTrustAll(false);
    options.setMaxChunkSize(2 << 10);
    return options;
  }

  private void prepare(HttpConnection connection) {
    readInSmallPieces(connection);
    connection.closeHandler(_ -> {
      used.remove(connection);
      giveBack(connection);
    });
  }

  // Vert.x 5.2.3 forgets what a paused connection has read when it closes: memory outside the heap
  // that no collection finds
  private static void giveBack(HttpConnection connection) {
    if (connection instanceof VertxConnection paused) {
      paused.doResume();
    }
  }

  // what was read before a pause takes effect stays in memory: 64 KiB a connection by default
  private static void readInSmallPieces(HttpConnection connection) {
    if (connection instanceof HttpClientConnection known) {
      known
          .channelHandlerContext()
          .channel()
          .config()
          .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, 4096, MOST_READ));
    }
  }

  /**
   * Sends a request; the call is done when the answer can be committed: its body is whole, or its first event is there. It has
   * failed already when the request cannot be put to this provider, or no credential can be shown with it.
   */
  Call send(Try sending, ModelRequest request, Limits limits) {
    try {
      return sent(sending, request, limits);
    } catch (GatewayException unsayable) {
      return Call.failed(unsayable);
    }
  }

  private Call sent(Try sending, ModelRequest request, Limits limits) {
    var context = (ContextInternal) vertx.getOrCreateContext();
    var loop = context.nettyEventLoop();
    var outgoing = outgoing(sending, request, limits);
    var call = new Call();
    var attempt = attempt(outgoing, limits, loop);
    var otherwise = absences.otherwise(request, outgoing.call());
    call.watch(attempt, failed -> failed.stale() || (otherwise && failed.absent()), () -> {
      if (attempt.absent()) {
        absences.learn(outgoing.endpoint(), request.operation());
      }
      try {
        var again = outgoing(sending, request, limits);
        var second = attempt(again, limits, loop);
        call.watch(second, _ -> false, () -> {});
        context.runOnContext(_ -> guarded(second, () -> alone(again, second)));
      } catch (GatewayException unsayable) {
        call.fail(unsayable);
      }
    });
    context.runOnContext(_ -> guarded(attempt, () -> pooled(outgoing, attempt)));
    return call;
  }

  private static Attempt attempt(Outgoing outgoing, Limits limits, EventLoop loop) {
    var translator = outgoing.endpoint().translator();
    return new Attempt(outgoing.call(), translator, outgoing.shape(), limits, loop);
  }

  private Outgoing outgoing(Try sending, ModelRequest request, Limits limits) {
    var endpoint = sending.lane().endpoint();
    var now = limits.clock().instant();
    var model = sending.lane().target().target().model();
    var call = absences.call(endpoint, request, model, now);
    var draft = new Presentation.Draft(
        endpoint.hostHeader(), endpoint.path() + call.path(), call.body(), now);
    return new Outgoing(
        endpoint,
        call,
        credentials.of(endpoint.credential(), endpoint.reach(), draft),
        request.stream() ? Limits.Shape.STREAM : Limits.Shape.WHOLE,
        sending.propagated());
  }

  private void pooled(Outgoing outgoing, Attempt attempt) {
    attempt.begin();
    var options = outgoing.options().setConnectTimeout(timeouts.connect().toMillis());
    var _ = reached(outgoing.endpoint(), options)
        .compose(client::request)
        .onComplete(connected -> guarded(attempt, () -> {
          if (connected.failed()) {
            attempt.unreachable(connected.cause());
            return;
          }
          var sent = outgoing.headers(connected.result());
          var kind = used.add(sent.connection()) ? Attempt.Connection.NEW : Attempt.Connection.USED;
          attempt.send(sent, kind, outgoing.call().body());
        }));
  }

  private void alone(Outgoing outgoing, Attempt attempt) {
    attempt.begin();
    var endpoint = outgoing.endpoint();
    var where = new HttpConnectOptions()
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setSsl(endpoint.tls())
        .setConnectTimeout(timeouts.connect().toMillis());
    var _ = reached(endpoint, where)
        .compose(client::connect)
        .compose(connection -> {
          prepare(connection);
          return connection.request(outgoing.options());
        })
        .onComplete(connected -> guarded(attempt, () -> {
          if (connected.failed()) {
            attempt.unreachable(connected.cause());
            return;
          }
          var sent = outgoing.headers(connected.result()).putHeader("connection", "close");
          attempt.send(sent, Attempt.Connection.NEW, outgoing.call().body());
        }));
  }

  /** The same options, with the address that was checked where one must be. */
  private <T extends HttpConnectOptions> Future<T> reached(Endpoint endpoint, T options) {
    return switch (endpoint.reach()) {
      case ANYWHERE -> Future.succeededFuture(options);
      case PUBLIC ->
        destinations.publicAddress(endpoint.host(), endpoint.port()).map(address -> {
          options.setServer(address);
          return options;
        });
    };
  }

  // a defect on the event loop would leave the page waiting until its time is up
  private static void guarded(Attempt attempt, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException defect) {
      attempt.unreachable(defect);
    }
  }

  @Override
  public void close() {
    var _ = client.close();
  }
}
