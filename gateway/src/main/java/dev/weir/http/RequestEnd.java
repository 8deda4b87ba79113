package dev.weir.http;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestObserver;
import dev.weir.telemetry.RequestTrace;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How a request ends: told to the observer exactly once, and to the page when the client leaves. Safe for many threads. */
final class RequestEnd {
  /** What the log shows for a client that left before it was answered, as nginx does. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final RequestTrace trace;
  private final RequestObserver observer;
  private final Drain drain;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean clientLeft;
  private volatile @Nullable GatewayException failure;
  private volatile @Nullable Thread page;
  private volatile Runnable onClientLeft = () -> {};

  RequestEnd(RequestTrace trace, RequestObserver observer, Drain drain) {
    this.trace = trace;
    this.observer = observer;
    this.drain = drain;
  }

  /** Listens to the connection; on its event loop. */
  void watch(HttpServerResponse response, Runnable released) {
    observer.started(trace);
    response.endHandler(_ -> complete(response.getStatusCode(), released));
    response.closeHandler(_ -> {
      clientLeft = true;
      trace.clientLeft = !ended.get();
      complete(response.headWritten() ? response.getStatusCode() : CLIENT_CLOSED_REQUEST, released);
      onClientLeft.run();
      interruptPage();
    });
  }

  // wakes a page that is parked upstream, so that the upstream is cancelled now and not at its next
  // event
  private void interruptPage() {
    var thread = page;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void complete(int status, Runnable released) {
    if (ended.compareAndSet(false, true)) {
      released.run();
      observer.completed(trace, status, failure);
    }
  }

  /** The page has begun on this thread. */
  void pageBegins() {
    page = Thread.currentThread();
    if (clientLeft) {
      interruptPage();
    }
  }

  void pageEnds() {
    page = null;
  }

  void failed(GatewayException why) {
    failure = why;
  }

  boolean clientLeft() {
    return clientLeft;
  }

  Drain drain() {
    return drain;
  }

  /** Runs this on the event loop when the client leaves; on that loop too. */
  void onClientLeft(Runnable action) {
    onClientLeft = action;
  }
}
