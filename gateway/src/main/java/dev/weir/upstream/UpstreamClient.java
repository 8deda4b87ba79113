package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.provider.RemoteProvider;
import dev.weir.telemetry.RequestTrace;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Sends one attempt to a provider over HTTP/1.1. Safe for many threads.
 *
 * <p>Certificates are always checked, redirects never followed, compressed answers never asked for.
 */
final class UpstreamClient implements AutoCloseable {
  private static final int CONNECTIONS_PER_HOST = 8192;
  private static final int MOST_ENDPOINTS = 10_000;
  private static final int MOST_READ = 16 << 10;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Timeouts timeouts;
  private final Map<RemoteProvider, Endpoint> endpoints = new ConcurrentHashMap<>();

  /** The connections of the pool that have carried a request. */
  private final Set<HttpConnection> used = ConcurrentHashMap.newKeySet();

  /** What does not change from request to request. */
  private record Endpoint(String host, int port, boolean tls, String path, String authorization) {
    static Endpoint of(RemoteProvider provider) {
      var url = provider.baseUrl();
      var tls = "https".equals(url.getScheme());
      var port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
      var path = url.getRawPath() == null ? "" : url.getRawPath();
      var key = provider.credentials().getFirst().secret();
      return new Endpoint(url.getHost(), port, tls, path, key.isEmpty() ? "" : "Bearer " + key);
    }
  }

  /** One request as it is put on the wire. */
  private record Outgoing(Endpoint endpoint, ModelRequest request, byte[] body) {
    RequestOptions options() {
      return new RequestOptions()
          .setMethod(HttpMethod.POST)
          .setHost(endpoint.host())
          .setPort(endpoint.port())
          .setSsl(endpoint.tls())
          .setURI(endpoint.path() + request.operation().path())
          .setFollowRedirects(false);
    }

    HttpClientRequest headers(HttpClientRequest sent) {
      sent.putHeader("content-type", "application/json");
      sent.putHeader("accept", request.stream() ? "text/event-stream" : "application/json");
      sent.putHeader("accept-encoding", "identity");
      sent.putHeader("user-agent", "weir");
      if (!endpoint.authorization().isEmpty()) {
        sent.putHeader("authorization", endpoint.authorization());
      }
      return sent;
    }
  }

  UpstreamClient(Vertx vertx, Timeouts timeouts) {
    this.vertx = vertx;
    this.timeouts = timeouts;
    var options = new HttpClientOptions();
    options.setTcpNoDelay(true).setConnectTimeout((int) timeouts.connect().toMillis());
    options.setSslHandshakeTimeout(timeouts.connect().toMillis());
    options.setSslHandshakeTimeoutUnit(java.util.concurrent.TimeUnit.MILLISECONDS);
    options.setTcpKeepAlive(true);
    options.setKeepAlive(true).setKeepAliveTimeout(55).setPipelining(false);
    options.setMaxHeaderSize(64 << 10).setMaxInitialLineLength(8 << 10);
    options.setDecompressionSupported(false).setVerifyHost(true).setTrustAll(false);
    options.setMaxChunkSize(2 << 10);
    this.client = vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST))
        // a kept connection that breaks is met when it is used; until then it is nobody's failure
        .withConnectHandler(connection -> {
          connection.exceptionHandler(_ -> {}).closeHandler(_ -> used.remove(connection));
          readInSmallPieces(connection);
        })
        .build();
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
   * Sends a request, and waits until the answer can be committed: its body is whole, or its first event is there.
   *
   * <p>A kept connection that turns out to be gone before any byte of an answer is no failure of the provider: the request
   * is sent once more, on a connection of its own.
   *
   * @throws GatewayException what went wrong before that
   * @throws CancellationException when the page was interrupted because its client left
   */
  Reply send(
      RemoteProvider provider,
      String model,
      ModelRequest request,
      RequestTrace trace,
      Limits limits) {
    var context = (ContextInternal) vertx.getOrCreateContext();
    var outgoing = new Outgoing(endpoint(provider), request, request.bodyFor(model));
    var attempt = new Attempt(request, trace, limits, context.nettyEventLoop());
    context.runOnContext(_ -> guarded(attempt, () -> pooled(outgoing, attempt)));
    try {
      return await(attempt);
    } catch (GatewayException failure) {
      if (!attempt.stale() || limits.deadline().passed()) {
        throw failure;
      }
    }
    trace.attempts++;
    var second = new Attempt(request, trace, limits, context.nettyEventLoop());
    context.runOnContext(_ -> guarded(second, () -> alone(outgoing, second)));
    return await(second);
  }

  private Endpoint endpoint(RemoteProvider provider) {
    if (endpoints.size() > MOST_ENDPOINTS) {
      // providers come and go with the configuration; what is used is back at its next request
      endpoints.clear();
    }
    return endpoints.computeIfAbsent(provider, Endpoint::of);
  }

  private static Reply await(Attempt attempt) {
    try {
      return attempt.committed().get();
    } catch (InterruptedException left) {
      attempt.cancel();
      throw new CancellationException("the client left");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GatewayException known) {
        throw known;
      }
      throw Failures.unavailable(String.valueOf(failure.getCause()));
    }
  }

  private void pooled(Outgoing outgoing, Attempt attempt) {
    attempt.begin();
    var options = outgoing.options().setConnectTimeout(timeouts.connect().toMillis());
    var _ = client
        .request(options)
        .onComplete(connected -> guarded(attempt, () -> {
          if (connected.failed()) {
            attempt.unreachable(connected.cause());
            return;
          }
          var sent = outgoing.headers(connected.result());
          var kind = used.add(sent.connection()) ? Attempt.Connection.NEW : Attempt.Connection.USED;
          attempt.send(sent, kind, outgoing.body());
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
    var _ = client
        .connect(where)
        .compose(connection -> connection.request(outgoing.options()))
        .onComplete(connected -> guarded(attempt, () -> {
          if (connected.failed()) {
            attempt.unreachable(connected.cause());
            return;
          }
          var sent = outgoing.headers(connected.result()).putHeader("connection", "close");
          attempt.send(sent, Attempt.Connection.NEW, outgoing.body());
        }));
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
