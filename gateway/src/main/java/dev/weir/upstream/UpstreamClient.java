package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.provider.RemoteProvider;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import java.time.Clock;
import java.util.Map;
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

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Timeouts timeouts;
  private final Clock clock;
  private final Map<RemoteProvider, Endpoint> endpoints = new ConcurrentHashMap<>();

  /** What does not change from request to request. */
  private record Endpoint(String host, int port, boolean tls, String path, String authorization) {
    static Endpoint of(RemoteProvider provider) {
      var url = provider.baseUrl();
      var tls = "https".equals(url.getScheme());
      var port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
      var path = url.getRawPath() == null ? "" : url.getRawPath();
      var key = provider.apiKey();
      return new Endpoint(url.getHost(), port, tls, path, key.isEmpty() ? "" : "Bearer " + key);
    }
  }

  UpstreamClient(Vertx vertx, Timeouts timeouts, Clock clock) {
    this.vertx = vertx;
    this.timeouts = timeouts;
    this.clock = clock;
    var options = new HttpClientOptions();
    options.setTcpNoDelay(true).setConnectTimeout((int) timeouts.connect().toMillis());
    options.setSslHandshakeTimeout(timeouts.connect().toMillis());
    options.setSslHandshakeTimeoutUnit(java.util.concurrent.TimeUnit.MILLISECONDS);
    options.setKeepAlive(true).setKeepAliveTimeout(55).setPipelining(false);
    options.setMaxHeaderSize(64 << 10).setMaxInitialLineLength(8 << 10);
    options.setDecompressionSupported(false).setVerifyHost(true).setTrustAll(false);
    options.setMaxChunkSize(64 << 10);
    this.client =
        vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST));
  }

  /**
   * Sends a request, and waits until the answer can be committed: its body is whole, or its first event is there.
   *
   * @throws GatewayException what went wrong before that
   * @throws CancellationException when the page was interrupted because its client left
   */
  Reply send(RemoteProvider provider, String model, ModelRequest request, Attempt attempt) {
    var endpoint = endpoints.computeIfAbsent(provider, Endpoint::of);
    var body = request.bodyFor(model);
    var context = (ContextInternal) vertx.getOrCreateContext();
    attempt.on(context.nettyEventLoop());
    context.runOnContext(_ -> start(endpoint, request, body, attempt));
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

  private void start(Endpoint endpoint, ModelRequest request, byte[] body, Attempt attempt) {
    var options = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setSsl(endpoint.tls())
        .setURI(endpoint.path() + request.operation().path())
        .setFollowRedirects(false)
        .setConnectTimeout(timeouts.connect().toMillis());
    attempt.begin(timeouts, clock);
    var _ = client.request(options).onComplete(connected -> {
      if (connected.failed()) {
        attempt.refused(connected.cause());
        return;
      }
      var sent = connected.result();
      sent.putHeader("content-type", "application/json");
      sent.putHeader("accept", request.stream() ? "text/event-stream" : "application/json");
      sent.putHeader("accept-encoding", "identity");
      sent.putHeader("user-agent", "weir");
      if (!endpoint.authorization().isEmpty()) {
        sent.putHeader("authorization", endpoint.authorization());
      }
      attempt.sent(sent, body);
    });
  }

  @Override
  public void close() {
    var _ = client.close();
  }
}
