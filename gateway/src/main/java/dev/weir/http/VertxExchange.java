package dev.weir.http;

import dev.weir.identity.Credential;
import dev.weir.pipeline.Delivery;
import dev.weir.pipeline.Exchange;
import dev.weir.protocol.Dialect;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.protocol.openai.ResponseNumbers;
import dev.weir.telemetry.RequestTrace;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request on a socket. The page calls it from its virtual thread; all that touches the socket runs on the connection's
 * event loop.
 */
final class VertxExchange implements Exchange {
  private static final String EVENT_STREAM = "text/event-stream";
  private static final long MAX_RETRY_JITTER_MS = 250;

  private final HttpServerRequest request;
  private final Map<String, String> parameters;
  private final RequestTrace trace;
  private final RequestBody body;
  private final RequestEnd end;
  private final EventLoop loop;
  private Dialect dialect = Dialect.OPENAI;
  private boolean answered;
  private boolean closing;

  VertxExchange(
      HttpServerRequest request,
      Map<String, String> parameters,
      RequestTrace trace,
      RequestBody body,
      RequestEnd end,
      EventLoop loop) {
    this.request = request;
    this.parameters = parameters;
    this.trace = trace;
    this.body = body;
    this.end = end;
    this.loop = loop;
  }

  RequestEnd end() {
    return end;
  }

  /** The page is over. */
  void pageEnds() {
    body.settled();
    end.pageEnds();
  }

  /** Says how the client reads a failure; until then as OpenAI's do. */
  @Override
  public void speak(Dialect spoken) {
    dialect = spoken;
  }

  /** Has the answer be the connection's last one. */
  void closeAfterAnswer() {
    closing = true;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return String.valueOf(request.path());
  }

  @Override
  public String pathParameter(String name) {
    var value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return decode(value);
  }

  @Override
  public String rawQuery() {
    var query = request.query();
    return query == null ? "" : query;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(request.getParam(name));
  }

  @Override
  public String clientAddress() {
    return request.remoteAddress().hostAddress();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public Credential credential() {
    return new Credential(Credentials.of(request.headers()), clientAddress());
  }

  @Override
  public byte[] body() {
    var start = System.nanoTime();
    try {
      return body.read();
    } finally {
      trace.awaitedClient += System.nanoTime() - start;
    }
  }

  @Override
  public RequestTrace trace() {
    return trace;
  }

  @Override
  public Delivery relay(Reply reply) {
    if (end.clientLeft()) {
      return Delivery.CLIENT_LEFT;
    }
    answered = true;
    return switch (reply) {
      case Reply.Whole whole -> {
        loop.execute(() -> write(whole));
        yield Delivery.COMPLETE;
      }
      case Reply.Streamed streamed -> stream(streamed);
    };
  }

  private Delivery stream(Reply.Streamed streamed) {
    var numbers = new ResponseNumbers();
    var relay = new StreamRelay(
        request.response(),
        dialect == Dialect.OPENAI_RESPONSES ? numbers.over(streamed.events()) : streamed.events(),
        end,
        loop,
        failure -> dialect.errorEvent(failure, trace.requestId(), numbers.next()));
    loop.execute(() -> {
      var response = head(200, EVENT_STREAM, streamed.headers());
      response.putHeader("cache-control", "no-cache");
      response.putHeader("x-accel-buffering", "no");
      response.setChunked(true);
      relay.start();
    });
    return relay.await();
  }

  private void write(Reply.Whole whole) {
    var response = head(whole.status(), whole.contentType(), whole.headers());
    if (method().equals("HEAD")) {
      response.putHeader("content-length", Integer.toString(whole.body().length));
      var _ = response.end();
    } else {
      var _ = response.end(Buffer.buffer(whole.body()));
    }
    if (closing) {
      var _ = request.connection().close();
    } else {
      body.leave();
    }
  }

  private HttpServerResponse head(
      int status, String contentType, List<Map.Entry<String, String>> headers) {
    var response = request.response();
    response.setStatusCode(status);
    for (var header : headers) {
      response.putHeader(header.getKey(), header.getValue());
    }
    if (!contentType.isEmpty()) {
      response.putHeader("content-type", contentType);
    }
    if (closing || body.mustClose() || end.drain().begun()) {
      response.putHeader("connection", "close");
    }
    StandardHeaders.write(response, trace);
    return response;
  }

  @Override
  public void fail(GatewayException failure) {
    fail(failure, retryHeaders(failure));
  }

  @Override
  public void fail(GatewayException failure, List<Map.Entry<String, String>> headers) {
    if (end.clientLeft()) {
      return;
    }
    end.failed(failure);
    var answer = failure.answer();
    if (answer != null && !answered) {
      var _ = relay(answer);
      return;
    }
    if (answered) {
      // the head may be out already: all that is honest now is to break the connection
      loop.execute(() -> {
        var _ = request.connection().close();
      });
      return;
    }
    answered = true;
    loop.execute(() -> write(new Reply.Whole(
        failure.status(), "application/json", headers, dialect.error(failure, trace.requestId()))));
  }

  private static List<Map.Entry<String, String>> retryHeaders(GatewayException failure) {
    if (failure.code() == ErrorCode.INSUFFICIENT_QUOTA) {
      return List.of(Map.entry("x-should-retry", "false"));
    }
    var wait = failure.retryAfter();
    if (wait == null) {
      return List.of();
    }
    var millis = wait.plus(jitter(failure)).toMillis();
    return List.of(
        Map.entry("retry-after", Long.toString((millis + 999) / 1000)),
        Map.entry("retry-after-ms", Long.toString(millis)));
  }

  // those we turned away together must not come back together
  private static Duration jitter(GatewayException failure) {
    return failure.code() == ErrorCode.OVERLOADED
        ? Duration.ofMillis(ThreadLocalRandom.current().nextLong(MAX_RETRY_JITTER_MS))
        : Duration.ZERO;
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException bad) {
      throw GatewayException.of(ErrorCode.BAD_REQUEST, "The path holds a wrong percent sign.")
          .detail(String.valueOf(bad.getMessage()));
    }
  }
}
