package dev.weir.http;

import dev.weir.telemetry.RequestObserver;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that speaks HTTP/1.1 (RFC 9112). Safe for many threads.
 *
 * <p>Each event loop accepts connections of its own; a connection stays on its loop for life.
 */
public final class Listener {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Vertx vertx;
  private final String deployment;
  private final Dispatcher dispatcher;
  private final int port;

  private Listener(Vertx vertx, String deployment, Dispatcher dispatcher, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.dispatcher = dispatcher;
    this.port = port;
  }

  /**
   * Opens the port.
   *
   * @param loops how many event loops share it
   * @throws IOException when it cannot be bound
   */
  public static Listener open(
      Vertx vertx, ListenerSettings settings, int loops, Routes routes, RequestObserver observer)
      throws IOException {
    var dispatcher = new Dispatcher(routes, settings, observer);
    var bound = new AtomicInteger(settings.port());
    // a free port is chosen by the first server; the others must share it
    var instances = settings.port() == 0 ? 1 : loops;
    var deployed = vertx.deployVerticle(
        () -> server(settings, dispatcher, bound), new DeploymentOptions().setInstances(instances));
    try {
      return new Listener(vertx, get(deployed), dispatcher, bound.get());
    } catch (ExecutionException failure) {
      throw new IOException(String.valueOf(failure.getCause()), failure.getCause());
    }
  }

  private static Deployable server(
      ListenerSettings settings, Dispatcher dispatcher, AtomicInteger bound) {
    return new VerticleBase() {
      @Override
      public Future<?> start() {
        return vertx
            .createHttpServer(options(settings))
            .connectionHandler(dispatcher::connected)
            .invalidRequestHandler(dispatcher::malformed)
            .requestHandler(dispatcher::handle)
            .listen()
            .onSuccess((HttpServer server) -> bound.set(server.actualPort()));
      }
    };
  }

  private static HttpServerOptions options(ListenerSettings settings) {
    var options = new HttpServerOptions();
    options.setHost(settings.host()).setPort(settings.port());
    options.setTcpNoDelay(true).setReuseAddress(true).setAcceptBacklog(4096);
    // else a write queue is full by its messages, 16 of any size, and not by its bytes
    options.setStrictThreadMode(true);
    options.setIdleTimeout(0);
    options.setReadIdleTimeout(0);
    options.setMaxHeaderSize(settings.maxHeader());
    options.setMaxInitialLineLength(settings.maxLine());
    options.setHttp2ClearTextEnabled(false);
    options.setHandle100ContinueAutomatically(false);
    options.setCompressionSupported(false);
    return options;
  }

  /** The port that is bound. */
  public int port() {
    return port;
  }

  /** From now on each answer closes its connection. */
  public void drain() {
    dispatcher.drain().begin();
  }

  /** Ends the streams that are still open with an error event. */
  public void breakOff() {
    dispatcher.drain().breakOff();
  }

  /** Waits until nothing is in flight. Returns whether that came about in time. */
  public boolean awaitIdle(Duration limit) throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (dispatcher.inFlight() > 0) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  /** Closes the port and what is still connected. */
  public void close() {
    try {
      get(vertx.undeploy(deployment));
    } catch (IOException | ExecutionException _) {
      // it was closed already: there is nothing left to close
    }
  }

  private static <T> T get(Future<T> future) throws IOException, ExecutionException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (TimeoutException late) {
      throw new IOException("the event loops do not answer", late);
    }
  }
}
