package dev.weir.http;

import dev.weir.pipeline.Delivery;
import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.GatewayException;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Forwards a stream's events to one client, each with a write of its own, no faster than the client reads.
 *
 * <p>All of it runs on the connection's event loop; {@link #await} is for the page.
 */
final class StreamRelay implements EventSink {
  private final HttpServerResponse response;
  private final EventSource source;
  private final RequestEnd end;
  private final EventLoop loop;
  private final Function<GatewayException, byte[]> errorEvent;
  private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();
  private boolean paused;

  StreamRelay(
      HttpServerResponse response,
      EventSource source,
      RequestEnd end,
      EventLoop loop,
      Function<GatewayException, byte[]> errorEvent) {
    this.response = response;
    this.source = source;
    this.end = end;
    this.loop = loop;
    this.errorEvent = errorEvent;
  }

  void start() {
    if (end.clientLeft()) {
      leave();
      return;
    }
    end.onClientLeft(this::leave);
    response.drainHandler(_ -> {
      paused = false;
      source.resume();
    });
    source.start(this);
  }

  private void leave() {
    source.cancel();
    delivery.complete(Delivery.CLIENT_LEFT);
  }

  /** Waits until the stream has ended, failed, or the client has left. */
  Delivery await() {
    while (true) {
      try {
        return delivery.get();
      } catch (InterruptedException _) {
        // the client left; leave() has completed the delivery or is about to
      } catch (java.util.concurrent.ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Override
  public void event(byte[] frame) {
    onLoop(() -> {
      if (end.clientLeft()) {
        return;
      }
      var _ = response.write(Buffer.buffer(frame));
      if (!paused && response.writeQueueFull()) {
        paused = true;
        source.pause();
      }
    });
  }

  @Override
  public void end() {
    onLoop(() -> {
      if (!end.clientLeft()) {
        var _ = response.end();
      }
      delivery.complete(Delivery.COMPLETE);
    });
  }

  @Override
  public void fail(GatewayException failure) {
    onLoop(() -> {
      end.failed(failure);
      if (!end.clientLeft()) {
        var _ = response.end(Buffer.buffer(errorEvent.apply(failure)));
      }
      delivery.complete(Delivery.BROKEN);
    });
  }

  private void onLoop(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
    } else {
      loop.execute(step);
    }
  }
}
