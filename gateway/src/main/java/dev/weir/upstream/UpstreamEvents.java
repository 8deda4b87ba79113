package dev.weir.upstream;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.FrameSplitter;
import dev.weir.protocol.GatewayException;
import dev.weir.provider.ProviderCall;
import dev.weir.telemetry.RequestTrace;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one answer: read, checked, and passed on one by one. Runs on the connection's event loop.
 *
 * <p>Comments before the first real event are held back with it, so that nothing is committed by a keep-alive.
 */
final class UpstreamEvents implements EventSource {
  private static final int MOST_HELD = 64 << 10;

  /** No stream may be longer, in bytes: several times the longest answer that any model writes. */
  private static final long MOST_BYTES = 128 << 20;

  /** What may follow the terminator before the upstream ends by itself, in bytes and in time. */
  private static final int MOST_TAIL = 64 << 10;

  private static final long TAIL_MILLIS = 1000;

  private final HttpClientResponse response;
  private final AnswerReader reader;
  private final EventLoop loop;
  private final Limits limits;
  private @Nullable RequestTrace trace;
  private final FrameSplitter splitter;
  private final Queue<byte[]> held = new ArrayDeque<>();

  private @Nullable EventSink sink;
  private @Nullable Runnable first;
  private @Nullable Consumer<GatewayException> failedBefore;
  private @Nullable GatewayException pendingFailure;
  private boolean pendingEnd;
  private boolean over;
  private boolean paused;
  private boolean ended;
  private int heldBytes;
  private long received;
  private @Nullable Future<?> timer;
  private @Nullable Future<?> tailTimer;
  private int tailBytes;
  private long lastContentAt = System.nanoTime();

  UpstreamEvents(HttpClientResponse response, ProviderCall call, EventLoop loop, Limits limits) {
    this.response = response;
    this.reader = call.reader();
    this.splitter = call.framing().splitter().get();
    this.loop = loop;
    this.limits = limits;
  }

  /** Begins to read; one of the two is called, once. */
  void onFirst(Runnable ready, Consumer<GatewayException> failed) {
    first = ready;
    failedBefore = failed;
    response.exceptionHandler(cause -> broke(
        first != null && Failures.connectionLost(cause)
            ? Failures.unavailable("the connection broke before the first event: " + cause)
            : Failures.invalid("the stream broke off: " + cause)));
    response.endHandler(_ -> ended());
    response.handler(this::chunk);
  }

  private void chunk(Buffer bytes) {
    if (over) {
      return;
    }
    received += bytes.length();
    if (received > MOST_BYTES) {
      broke(Failures.invalid("a stream of more than " + MOST_BYTES + " bytes"));
      return;
    }
    guarded(() -> splitter.feed(bytes.getBytes(), this::frame));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (GatewayException invalid) {
      broke(invalid);
    } catch (RuntimeException defect) {
      broke(Failures.invalid("the stream could not be read: " + defect));
    }
  }

  private void frame(byte[] frame) {
    if (over) {
      return;
    }
    forward(reader.event(frame));
  }

  private void forward(Optional<byte[]> forward) {
    if (reader.content()) {
      lastContentAt = System.nanoTime();
    }
    forward.ifPresent(this::pass);
    commitOnContent();
    if (reader.complete()) {
      finish();
    }
  }

  private void pass(byte[] frame) {
    var open = sink;
    if (open != null) {
      open.event(frame);
      return;
    }
    heldBytes += frame.length;
    if (heldBytes > MOST_HELD && first != null && !reader.content()) {
      broke(Failures.invalid("nothing but comments"));
      return;
    }
    held.add(frame);
  }

  private void commitOnContent() {
    var ready = first;
    if (ready != null && reader.content()) {
      first = null;
      // until the sink is there, no more is read than has come
      response.pause();
      paused = true;
      ready.run();
    }
  }

  private void finish() {
    finished();
    if (!ended) {
      dropTail();
    }
    var open = sink;
    if (open != null) {
      open.end();
    } else {
      pendingEnd = true;
    }
  }

  /** What follows the terminator belongs to nobody; the connection is used again when the upstream ends properly, and soon. */
  private void dropTail() {
    response.handler(this::tail);
    response.resume();
    tailTimer = loop.schedule(this::cutTail, TAIL_MILLIS, TimeUnit.MILLISECONDS);
  }

  // a timer that outlives its stream keeps all of it in memory
  private void finished() {
    over = true;
    count();
    var running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  private void count() {
    var request = trace;
    if (request != null) {
      Attempt.count(reader, request);
    }
  }

  /** From now on the usage belongs to this request; until then it is nobody's, for the answer may lose a race. */
  void claim(RequestTrace owner) {
    onLoop(() -> {
      trace = owner;
      // some say at the beginning what the input was: it is known then, though the client may leave
      count();
    });
  }

  private void tail(Buffer bytes) {
    tailBytes += bytes.length();
    if (tailBytes > MOST_TAIL) {
      cutTail();
    }
  }

  private void cutTail() {
    if (!ended) {
      var _ = response.request().reset();
    }
  }

  private void ended() {
    ended = true;
    var waiting = tailTimer;
    if (waiting != null) {
      waiting.cancel(false);
    }
    if (!over && !splitter.remainder()) {
      // where the protocol has no terminator, this is its end
      guarded(() -> forward(reader.end()));
    }
    if (!over) {
      broke(Failures.invalid(
          splitter.remainder()
              ? "the upstream ended inside an event"
              : "the upstream ended the stream before it was complete"));
    }
  }

  private void broke(GatewayException failure) {
    if (over) {
      return;
    }
    finished();
    var _ = response.request().reset();
    var open = sink;
    var before = failedBefore;
    if (open != null) {
      open.fail(failure);
    } else if (first != null && before != null) {
      first = null;
      before.accept(failure);
    } else {
      pendingFailure = failure;
    }
  }

  @Override
  public void start(EventSink target) {
    onLoop(() -> {
      sink = target;
      paused = false;
      // the target may pause at any of these already
      while (!held.isEmpty()) {
        target.event(held.remove());
      }
      var failure = pendingFailure;
      if (pendingEnd) {
        target.end();
      } else if (failure != null) {
        target.fail(failure);
      } else if (!over) {
        if (!paused) {
          response.resume();
        }
        watch();
      }
    });
  }

  private void watch() {
    if (over) {
      return;
    }
    var now = System.nanoTime();
    if (limits.deadline().passed()) {
      broke(Failures.timeout("the stream took longer than the total limit"));
      return;
    }
    // a client that reads slowly is not the upstream's silence
    if (paused) {
      lastContentAt = now;
    }
    var left = limits.timeouts().idle().toNanos() - (now - lastContentAt);
    if (left <= 0) {
      broke(Failures.timeout("no event with content in time"));
      return;
    }
    var next = Math.min(left, limits.deadline().left()) + 1_000_000;
    timer = loop.schedule(this::watch, next, TimeUnit.NANOSECONDS);
  }

  @Override
  public void pause() {
    onLoop(() -> {
      paused = true;
      response.pause();
    });
  }

  @Override
  public void resume() {
    onLoop(() -> {
      paused = false;
      response.resume();
    });
  }

  @Override
  public void cancel() {
    onLoop(() -> {
      if (!over) {
        finished();
        var _ = response.request().reset();
      }
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
