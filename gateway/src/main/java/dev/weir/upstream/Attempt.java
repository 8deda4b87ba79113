package dev.weir.upstream;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.protocol.openai.UpstreamError;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import dev.weir.routing.AttemptRules;
import dev.weir.telemetry.RequestTrace;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request to one provider, from the connection to the commit. Runs on an event loop, but for {@link #committed},
 * {@link #stale}, {@link #absent}, {@link #refusal}, {@link #claim} and {@link #cancel}.
 */
final class Attempt {
  /** No whole answer may be larger, in bytes. */
  static final int MAX_BODY = 64 << 20;

  /** So much room is made for an answer because it is announced, in bytes; more as it comes. */
  private static final int MOST_AHEAD = 64 << 10;

  /** Whether a connection has served a request before. */
  enum Connection {
    NEW,
    USED
  }

  private final ProviderCall call;
  private final Translator translator;
  private final Limits.Shape shape;
  private final Limits limits;
  private final EventLoop loop;
  private final CompletableFuture<Reply> committed = new CompletableFuture<>();
  private @Nullable HttpClientRequest request;
  private @Nullable Future<?> timer;
  private Connection connection = Connection.NEW;
  private boolean answering;
  private boolean ended;
  private boolean cancelled;
  private volatile boolean stale;
  private volatile boolean absent;
  private volatile long answeredAt;
  private volatile Optional<AttemptRules.Refusal> refusal = Optional.empty();
  private volatile @Nullable UpstreamEvents events;

  Attempt(
      ProviderCall call, Translator translator, Limits.Shape shape, Limits limits, EventLoop loop) {
    this.call = call;
    this.translator = translator;
    this.shape = shape;
    this.limits = limits;
    this.loop = loop;
  }

  /** Done with the reply once it is sure that there is one; with the failure otherwise. */
  CompletableFuture<Reply> committed() {
    return committed;
  }

  /**
   * Whether the attempt failed only because its kept connection was gone: closed or reset before a byte of an answer. To be
   * asked after the failure.
   */
  boolean stale() {
    return stale;
  }

  /** Whether the provider has nothing at the path. To be asked after the failure. */
  boolean absent() {
    return absent;
  }

  /** Why the provider refused the request itself, when another model may take it. To be asked after the failure. */
  Optional<AttemptRules.Refusal> refusal() {
    return refusal;
  }

  /** Starts the clock: before the connection is there, for the client waits for that too. */
  void begin() {
    var toCommit = limits.toCommit(shape);
    var toConnect = Math.min(limits.timeouts().connect().toNanos(), toCommit);
    timer = loop.schedule(() -> connectTime(toCommit - toConnect), toConnect, TimeUnit.NANOSECONDS);
    var _ = committed.whenComplete((_, _) -> stopTimer());
  }

  // a timer that outlives its attempt keeps all of it in memory
  private void stopTimer() {
    var running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  // names, connection and TLS have one limit together; one timer serves for both limits, since most
  // answers come before the first
  private void connectTime(long left) {
    if (request == null) {
      unreachable(new java.io.IOException("no connection in time"));
    } else {
      timer = loop.schedule(
          () -> fail(Failures.timeout("nothing to commit to in time")), left, TimeUnit.NANOSECONDS);
    }
  }

  /** There is no connection, or no request that could be sent on it. */
  void unreachable(Throwable cause) {
    fail(Failures.unavailable(String.valueOf(cause)));
  }

  void send(HttpClientRequest connected, Connection kind, byte[] body) {
    request = connected;
    connection = kind;
    connected.exceptionHandler(this::broke);
    if (cancelled || committed.isDone()) {
      var _ = connected.reset();
      return;
    }
    connected.response().onComplete(answered -> {
      if (answered.failed()) {
        broke(answered.cause());
      } else {
        head(answered.result());
      }
    });
    var _ = connected.end(Buffer.buffer(body));
  }

  private void broke(Throwable cause) {
    if (answering || !Failures.connectionLost(cause)) {
      fail(Failures.invalid("the answer is not HTTP or broke off: " + cause));
      return;
    }
    stale = connection == Connection.USED && !committed.isDone();
    unreachable(cause);
  }

  private void head(HttpClientResponse response) {
    answering = true;
    response.exceptionHandler(this::broke);
    if (committed.isDone()) {
      var _ = response.request().reset();
      return;
    }
    if (response.statusCode() != 200) {
      var retryAfter = response.getHeader("retry-after");
      refusal(response, error -> {
        refusal = Failures.refusal(response.statusCode(), error);
        absent = Absences.told(response.statusCode(), error);
        return Failures.status(response.statusCode(), retryAfter, error, limits.clock());
      });
      return;
    }
    var encoding = response.getHeader("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      fail(Failures.invalid("an answer in the encoding " + encoding));
      return;
    }
    var header = response.getHeader("content-type");
    var type = header == null ? "" : header.toLowerCase(Locale.ROOT);
    switch (shape) {
      case STREAM -> streamed(response, type);
      case WHOLE -> whole(response, type);
    }
  }

  private void refusal(
      HttpClientResponse response, Function<UpstreamError, GatewayException> failure) {
    RefusalBody.read(response, loop, (text, ending) -> {
      ended = ending == RefusalBody.Ending.WHOLE;
      fail(failure.apply(translator.error(text)));
    });
  }

  private void streamed(HttpClientResponse response, String type) {
    if (!type.startsWith(call.framing().contentType())) {
      refusal(
          response,
          error -> Failures.invalid(
              "a stream was asked for, and the answer is " + type + ": " + error.forTheLog()));
      return;
    }
    var source = new UpstreamEvents(response, call, loop, limits);
    events = source;
    source.onFirst(
        () -> {
          answeredAt = System.nanoTime();
          if (!committed.complete(new Reply.Streamed(PassedHeaders.of(response), source))) {
            source.cancel();
          }
        },
        this::fail);
  }

  private void whole(HttpClientResponse response, String type) {
    // some servers of the operator's own name no type; that it is JSON is read from the body anyway
    if (!type.isEmpty() && !type.contains("json")) {
      fail(Failures.invalid("JSON was asked for, and the answer is " + type));
      return;
    }
    if (announced(response) > MAX_BODY) {
      fail(Failures.invalid("an answer of " + announced(response) + " bytes is announced"));
      return;
    }
    var body = Buffer.buffer(Math.clamp(announced(response), 0, MOST_AHEAD));
    response.handler(chunk -> {
      if (body.length() + (long) chunk.length() > MAX_BODY) {
        fail(Failures.invalid("an answer of more than " + MAX_BODY + " bytes"));
      } else if (!committed.isDone()) {
        body.appendBuffer(chunk);
      }
    });
    response.endHandler(_ -> {
      ended = true;
      if (!committed.isDone()) {
        answeredAt = System.nanoTime();
        read(response, body.getBytes());
      }
    });
  }

  private static long announced(HttpClientResponse response) {
    var length = response.getHeader("content-length");
    // the codec has refused whatever is no number
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  private void read(HttpClientResponse response, byte[] body) {
    try {
      var passed = call.reader().whole(body);
      committed.complete(
          new Reply.Whole(200, "application/json", PassedHeaders.of(response), passed));
    } catch (GatewayException invalid) {
      fail(invalid);
    } catch (RuntimeException defect) {
      fail(Failures.invalid("the answer could not be read: " + defect));
    }
  }

  /** Hands what is read of the answer to the trace of the request that took it: now if it is whole, else at its end. */
  void claim(RequestTrace trace) {
    trace.firstByteAt = answeredAt;
    var stream = events;
    if (stream != null) {
      stream.claim(trace);
    } else {
      count(call.reader(), trace);
    }
  }

  /** Hands what the upstream reported to the trace. */
  static void count(AnswerReader reader, RequestTrace trace) {
    var usage = reader.usage();
    if (usage.known()) {
      trace.usage = usage;
      trace.tokensIn = usage.input();
      trace.tokensOut = usage.output();
    }
  }

  private void fail(GatewayException failure) {
    if (committed.completeExceptionally(failure)) {
      reset();
    }
  }

  /** Ends the attempt now, whatever it is doing. */
  void cancel() {
    loop.execute(() -> {
      cancelled = true;
      reset();
      if (committed.isDone() && !committed.isCompletedExceptionally()) {
        committed.join().close();
      }
    });
  }

  private void reset() {
    var sent = request;
    if (sent != null && !ended) {
      var _ = sent.reset();
    }
  }
}
