package dev.weir.http;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, left on the socket until it is asked for, so that a stranger costs no memory.
 *
 * <p>{@link #read} is for the page; everything else runs on the event loop.
 */
final class RequestBody {
  /** An unread body no longer than this is read and dropped, so that the connection can be used again. */
  private static final long SMALL = 64 << 10;

  private final HttpServerRequest request;
  private final ListenerSettings settings;
  private final EventLoop loop;
  private final PageQueue pages;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private volatile boolean ended;
  private volatile long endedAt;
  private boolean left;
  private long lastChunkAt;
  private @Nullable Future<?> timer;

  RequestBody(
      HttpServerRequest request, ListenerSettings settings, EventLoop loop, PageQueue pages) {
    this.request = request;
    this.settings = settings;
    this.loop = loop;
    this.pages = pages;
  }

  /** Reads all of it, within the limits of size and time. */
  byte[] read() {
    checkHeaders();
    var asked = System.nanoTime();
    loop.execute(() -> {
      pages.waited(System.nanoTime() - asked);
      receive();
    });
    try {
      var body = whole.get();
      pages.waited(System.nanoTime() - endedAt);
      return body;
    } catch (InterruptedException left) {
      Thread.currentThread().interrupt();
      throw GatewayException.of(ErrorCode.BAD_REQUEST, "The client left while it was sending.");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GatewayException refused) {
        throw refused;
      }
      throw new IllegalStateException(failure.getCause());
    } finally {
      settled();
    }
  }

  /** The page has what it wants of the body; called by the page, once or more. */
  void settled() {
    if (!left) {
      left = true;
      pages.left();
    }
  }

  private void checkHeaders() {
    var encoding = request.getHeader("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw GatewayException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Compressed request bodies are not taken: send no Content-Encoding.");
    }
    if (!isJson(request.getHeader("content-type"))) {
      throw GatewayException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json.");
    }
    if (declaredLength() > settings.maxBody()) {
      throw tooLarge();
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    var parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    for (var i = 1; i < parts.length; i++) {
      var parameter = parts[i].replace("\"", "").strip();
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return parts[0].strip().equals("application/json");
  }

  private void receive() {
    var buffer = Buffer.buffer((int) Math.clamp(declaredLength(), 0, SMALL));
    lastChunkAt = System.nanoTime();
    request.handler(chunk -> {
      lastChunkAt = System.nanoTime();
      if (whole.isDone()) {
        return;
      }
      if (buffer.length() + (long) chunk.length() > settings.maxBody()) {
        whole.completeExceptionally(tooLarge());
        request.pause();
      } else {
        buffer.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> {
      ended = true;
      endedAt = System.nanoTime();
      whole.complete(buffer.getBytes());
    });
    request.exceptionHandler(_ -> whole.completeExceptionally(
        GatewayException.of(ErrorCode.BAD_REQUEST, "The body broke off.")));
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      request.response().writeContinue();
    }
    request.resume();
    if (!ended) {
      watch();
      // a timer that outlives its request keeps all of it in memory
      var _ = whole.whenComplete((_, _) -> stopTimer());
    }
  }

  private void watch() {
    if (whole.isDone()) {
      return;
    }
    var limit = settings.bodyTimeout().toNanos();
    var left = limit - (System.nanoTime() - lastChunkAt);
    if (left <= 0) {
      whole.completeExceptionally(
          GatewayException.of(ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time."));
      return;
    }
    timer = loop.schedule(this::watch, left, TimeUnit.NANOSECONDS);
  }

  private void stopTimer() {
    var running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** Whether the connection cannot be used again: too much of this body is still to come. */
  boolean mustClose() {
    return !ended
        && !request.isEnded()
        && (request.getHeader("expect") != null
            || declaredLength() > SMALL
            || declaredLength() < 0);
  }

  /** The answer is out: drops what is left of the body, or the connection with it. */
  void leave() {
    if (ended || request.isEnded()) {
      return;
    }
    request.exceptionHandler(_ -> {});
    if (mustClose()) {
      // a moment for the answer to arrive before the reset that unread bytes bring
      var _ = loop.schedule(
          () -> {
            var _ = request.connection().close();
          },
          200,
          TimeUnit.MILLISECONDS);
      return;
    }
    request.handler(_ -> {});
    request.resume();
  }

  /** -1: chunked, so that nobody knows. */
  private long declaredLength() {
    var text = request.getHeader("content-length");
    if (text == null) {
      return request.getHeader("transfer-encoding") == null ? 0 : -1;
    }
    return Long.parseLong(text);
  }

  private static GatewayException tooLarge() {
    return GatewayException.of(ErrorCode.REQUEST_TOO_LARGE, "The body is larger than the limit.");
  }
}
