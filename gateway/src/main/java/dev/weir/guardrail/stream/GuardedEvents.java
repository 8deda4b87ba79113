package dev.weir.guardrail.stream;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.sse.EventSplitter;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;

/**
 * A stream of events with guardrails between it and its sink. A block ends the stream in the client's dialect and cancels
 * what it came from. Runs on the thread that delivers the events: an event loop, or where a look may take long one of
 * {@link ThreadedEvents}.
 */
public final class GuardedEvents implements EventSource {
  private final EventSource source;
  private final AnswerStream stream;
  private final RequestTrace trace;
  private volatile boolean cancelled;

  public GuardedEvents(
      EventSource source, Operation operation, StreamChecks checks, RequestTrace trace) {
    this.source = source;
    this.stream = switch (operation) {
      case CHAT_COMPLETIONS, COMPLETIONS -> new ChatStream(checks);
      case MESSAGES -> new MessagesStream(checks);
      case RESPONSES -> new ResponsesStream(checks);
      case EMBEDDINGS, COUNT_TOKENS ->
        throw new IllegalArgumentException("what comes whole is no stream");
    };
    this.trace = trace;
  }

  @Override
  public void start(EventSink sink) {
    source.start(new Guarded(sink));
  }

  @Override
  public void pause() {
    source.pause();
  }

  @Override
  public void resume() {
    source.resume();
  }

  @Override
  public void cancel() {
    cancelled = true;
    source.cancel();
  }

  private final class Guarded implements EventSink {
    private final EventSink next;
    private final EventSplitter splitter = new EventSplitter();
    private boolean over;

    Guarded(EventSink next) {
      this.next = next;
    }

    @Override
    public void event(byte[] frame) {
      if (over || cancelled) {
        return;
      }
      long start = System.nanoTime();
      try {
        // what was translated may come as several events at once
        splitter.feed(frame, this::one);
      } catch (GatewayException invalid) {
        broke(invalid);
      } catch (RuntimeException defect) {
        broke(GatewayException.of(ErrorCode.INTERNAL_ERROR, "The answer could not be checked.")
            .detail(defect.getClass().getName()));
      }
      trace.spent(Stage.GUARD, System.nanoTime() - start);
    }

    private void one(byte[] frame) {
      if (over) {
        return;
      }
      stream.event(frame, this::forward);
      if (stream.stop().isPresent() && !cancelled) {
        over = true;
        source.cancel();
        next.end();
      }
    }

    private void forward(byte[] frame) {
      if (!cancelled) {
        next.event(frame);
      }
    }

    private void broke(GatewayException failure) {
      if (!over && !cancelled) {
        over = true;
        source.cancel();
        next.fail(failure);
      }
    }

    @Override
    public void end() {
      if (!over && !cancelled) {
        over = true;
        next.end();
      }
    }

    @Override
    public void fail(GatewayException failure) {
      if (!over && !cancelled) {
        over = true;
        next.fail(failure);
      }
    }
  }
}
