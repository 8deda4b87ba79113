package dev.weir.upstream;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.telemetry.RequestTrace;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request to one provider, from the connection to the commit. Runs on an event loop, but for {@link #committed} and
 * {@link #cancel}.
 */
final class Attempt {
  /** No whole answer may be larger, in bytes. */
  static final int MAX_BODY = 64 << 20;

  /** Response headers that reach the client; none of them can hold a key or a host. */
  private static final List<String> PASSED =
      List.of("openai-processing-ms", "openai-version", "openai-model");

  private final AnswerReader reader;
  private final boolean stream;
  private final RequestTrace trace;
  private final CompletableFuture<Reply> committed = new CompletableFuture<>();
  private volatile @Nullable EventLoop loop;
  private @Nullable HttpClientRequest request;
  private @Nullable Timeouts timeouts;
  private @Nullable Clock clock;
  private volatile boolean cancelled;

  Attempt(ModelRequest request, RequestTrace trace) {
    this.reader = request.reader();
    this.stream = request.stream();
    this.trace = trace;
  }

  void on(EventLoop eventLoop) {
    loop = eventLoop;
  }

  private EventLoop loop() {
    return java.util.Objects.requireNonNull(loop);
  }

  /** Done with the reply once it is sure that there is one; with the failure otherwise. */
  CompletableFuture<Reply> committed() {
    return committed;
  }

  void begin(Timeouts limits, Clock wallClock) {
    timeouts = limits;
    clock = wallClock;
    // the clock starts before the connection: the client waits for all of it
    var limit = stream ? limits.firstEvent() : limits.total();
    var timer = loop()
        .schedule(
            () -> fail(Failures.timeout("nothing to commit to in time")),
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    var _ = committed.whenComplete((_, _) -> timer.cancel(false));
  }

  void refused(Throwable cause) {
    fail(Failures.unavailable(String.valueOf(cause)));
  }

  void sent(HttpClientRequest connected, byte[] body) {
    request = connected;
    if (cancelled || committed.isDone()) {
      var _ = connected.reset();
      return;
    }
    connected.exceptionHandler(this::refused);
    connected.response().onComplete(answered -> {
      if (answered.failed()) {
        refused(answered.cause());
      } else {
        head(answered.result());
      }
    });
    var _ = connected.end(Buffer.buffer(body));
  }

  private void head(HttpClientResponse response) {
    response.exceptionHandler(cause -> fail(Failures.invalid("the answer broke off: " + cause)));
    if (committed.isDone()) {
      var _ = response.request().reset();
      return;
    }
    if (response.statusCode() != 200) {
      fail(Failures.status(
          response.statusCode(),
          response.getHeader("retry-after"),
          java.util.Objects.requireNonNull(clock)));
      return;
    }
    var encoding = response.getHeader("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      fail(Failures.invalid("an answer in the encoding " + encoding));
      return;
    }
    var type = String.valueOf(response.getHeader("content-type")).toLowerCase(Locale.ROOT);
    if (stream) {
      streamed(response, type);
    } else {
      whole(response, type);
    }
  }

  private void streamed(HttpClientResponse response, String type) {
    if (!type.startsWith("text/event-stream")) {
      fail(Failures.invalid("a stream was asked for, and the answer is " + type));
      return;
    }
    var events = new UpstreamEvents(
        response, reader, loop(), java.util.Objects.requireNonNull(timeouts), trace);
    events.onFirst(
        () -> {
          trace.firstByteAt = System.nanoTime();
          if (!committed.complete(new Reply.Streamed(passed(response), events))) {
            events.cancel();
          }
        },
        this::fail);
  }

  private void whole(HttpClientResponse response, String type) {
    if (!type.startsWith("application/json")) {
      fail(Failures.invalid("JSON was asked for, and the answer is " + type));
      return;
    }
    var body = Buffer.buffer();
    response.handler(chunk -> {
      if (body.length() + (long) chunk.length() > MAX_BODY) {
        fail(Failures.invalid("an answer of more than " + MAX_BODY + " bytes"));
      } else if (!committed.isDone()) {
        body.appendBuffer(chunk);
      }
    });
    response.endHandler(_ -> {
      trace.firstByteAt = System.nanoTime();
      try {
        var bytes = body.getBytes();
        reader.whole(bytes);
        count(reader, trace);
        committed.complete(new Reply.Whole(200, "application/json", passed(response), bytes));
      } catch (GatewayException invalid) {
        fail(invalid);
      }
    });
  }

  /** Hands what the upstream reported to the trace. */
  static void count(AnswerReader reader, RequestTrace trace) {
    var usage = reader.usage();
    if (usage.known()) {
      trace.tokensIn = usage.input();
      trace.tokensOut = usage.output();
    }
  }

  private static List<Map.Entry<String, String>> passed(HttpClientResponse response) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (var name : PASSED) {
      var value = response.getHeader(name);
      if (value != null) {
        headers.add(Map.entry(name, value));
      }
    }
    return headers;
  }

  private void fail(GatewayException failure) {
    if (committed.completeExceptionally(failure)) {
      reset();
    }
  }

  /** Ends the attempt now, whatever it is doing. */
  void cancel() {
    cancelled = true;
    loop().execute(() -> {
      reset();
      if (committed.isDone() && !committed.isCompletedExceptionally()) {
        committed.join().close();
      }
    });
  }

  private void reset() {
    var sent = request;
    if (sent != null) {
      var _ = sent.reset();
    }
  }
}
