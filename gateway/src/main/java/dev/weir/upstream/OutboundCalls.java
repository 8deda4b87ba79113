package dev.weir.upstream;

import dev.weir.provider.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Small calls to an operator's addresses that are no requests to a model: the test of a provider, a guardrail's webhook. Safe
 * for many threads; parks the calling virtual thread.
 *
 * <p>The same rules hold as for providers: certificates are checked, redirects never followed, and where only public addresses
 * are allowed the one that is connected to has been checked.
 */
public final class OutboundCalls implements AutoCloseable {
  private static final int CONNECTIONS_PER_HOST = 64;
  static final int MOST_BYTES = 64 << 10;

  private final HttpClientAgent client;
  private final Destinations destinations;
  private final Timeouts timeouts;

  /**
   * One call.
   *
   * @param method GET or POST
   * @param body empty for none
   * @param limit from the call to the end of the answer
   */
  public record Outbound(
      String method,
      URI url,
      Map<String, String> headers,
      byte[] body,
      Reach reach,
      Duration limit) {
    public Outbound {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * What came back.
   *
   * @param body at most 64 KiB of it
   */
  public record Answer(int status, byte[] body) {}

  public OutboundCalls(Vertx vertx, Timeouts timeouts) {
    this.client = vertx
        .httpClientBuilder()
        .with(UpstreamClient.options(timeouts))
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST))
        .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
        .build();
    this.destinations = new Destinations(vertx);
    this.timeouts = timeouts;
  }

  /**
   * Sends it and waits for the answer.
   *
   * @throws AddressRefused when the address is not one that may be called; no connection was opened
   * @throws IOException when there was no whole answer in time, for any other reason
   */
  public Answer call(Outbound call) throws IOException {
    var answered = new CompletableFuture<Answer>();
    var sent = new CompletableFuture<HttpClientRequest>();
    var _ = connected(call)
        .onSuccess(request -> {
          sent.complete(request);
          exchange(call, request, answered);
        })
        .onFailure(answered::completeExceptionally);
    try {
      return answered.get(call.limit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new IOException("no answer in time");
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof AddressRefused refused
          ? refused
          : new IOException(String.valueOf(failure.getCause()), failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      if (!answered.isDone() || answered.isCompletedExceptionally()) {
        answered.cancel(false);
        var _ = sent.thenAccept(HttpClientRequest::reset);
      }
    }
  }

  private Future<HttpClientRequest> connected(Outbound call) {
    var url = call.url();
    var tls = "https".equals(url.getScheme());
    var port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var options = new RequestOptions()
        .setMethod(HttpMethod.valueOf(call.method()))
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
        .setConnectTimeout(timeouts.connect().toMillis())
        .setFollowRedirects(false);
    return switch (call.reach()) {
      case ANYWHERE -> client.request(options);
      case PUBLIC ->
        destinations
            .publicAddress(url.getHost(), port)
            .compose(address -> client.request(options.setServer(address)));
    };
  }

  private static void exchange(
      Outbound call, HttpClientRequest request, CompletableFuture<Answer> answered) {
    request.exceptionHandler(answered::completeExceptionally);
    request.putHeader("accept-encoding", "identity").putHeader("user-agent", "weir");
    call.headers().forEach(request::putHeader);
    request
        .response()
        .onSuccess(response -> read(response, answered))
        .onFailure(answered::completeExceptionally);
    var _ = call.body().length == 0 ? request.end() : request.end(Buffer.buffer(call.body()));
  }

  private static void read(HttpClientResponse response, CompletableFuture<Answer> answered) {
    var body = Buffer.buffer();
    response.exceptionHandler(answered::completeExceptionally);
    response.handler(chunk -> {
      body.appendBuffer(chunk, 0, Math.min(chunk.length(), MOST_BYTES - body.length()));
      if (body.length() == MOST_BYTES) {
        answered.complete(new Answer(response.statusCode(), body.getBytes()));
        var _ = response.request().reset();
      }
    });
    response.endHandler(_ -> answered.complete(new Answer(response.statusCode(), body.getBytes())));
  }

  @Override
  public void close() {
    var _ = client.close();
  }
}
