package dev.weir.http;

import dev.weir.pipeline.Delivery;
import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.GatewayException;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Forwards a stream's events to one client, each with a write of its own, no faster than the client reads.
 *
 * <p>The source calls from its own event loop, all else runs on the connection's; {@link #await} is for the page.
 */
final class StreamRelay implements EventSink {
  private static final int MOST_CROSSING = 16 << 10;

  /** Bytes waiting for a client that reads slowly, before its source waits too; beyond what the kernel holds. */
  private static final int MOST_QUEUED = 16 << 10;

  private final HttpServerResponse response;
  private final EventSource source;
  private final RequestEnd end;
  private final EventLoop loop;
  private final Function<GatewayException, byte[]> errorEvent;
  private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

  /** Bytes handed from the source's event loop to this one and not yet written. */
  private final AtomicInteger crossing = new AtomicInteger();

  /** Whether the source waits for what is crossing. */
  private volatile boolean crowded;

  /** Whether the source waits for the client. */
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
    end.drain().opened(this);
    var _ = delivery.whenComplete((_, _) -> end.drain().closed(this));
    end.onClientLeft(this::leave);
    response.setWriteQueueMaxSize(MOST_QUEUED);
    response.drainHandler(_ -> drained());
    source.start(this);
  }

  /** Ends the stream with an error event, wherever it is. */
  void breakOff(GatewayException failure) {
    onLoop(() -> {
      if (!delivery.isDone()) {
        source.cancel();
        fail(failure);
      }
    });
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
    if (loop.inEventLoop()) {
      write(frame);
      return;
    }
    // an event loop that is behind must not let another's events heap up in its queue
    var full = crossing.addAndGet(frame.length) > MOST_CROSSING && !crowded;
    if (full) {
      crowded = true;
      source.pause();
    }
    loop.execute(() -> {
      crossing.addAndGet(-frame.length);
      write(frame);
    });
    if (full) {
      loop.execute(() -> {
        crowded = false;
        resume();
      });
    }
  }

  private void write(byte[] frame) {
    if (end.clientLeft()) {
      return;
    }
    var _ = response.write(Buffer.buffer(frame));
    if (!paused && response.writeQueueFull()) {
      paused = true;
      source.pause();
    }
  }

  private void drained() {
    if (paused) {
      paused = false;
      resume();
    }
  }

  private void resume() {
    if (!paused && !crowded) {
      source.resume();
    }
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
