package dev.weir.guardrail.stream;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;

/**
 * A stream of events with guardrails between it and its sink. A block ends the stream in the client's dialect and cancels
 * what it came from. Runs on the thread that delivers the events.
 */
public final class GuardedEvents implements EventSource {
  private final EventSource source;
  private final AnswerStream stream;
  private final RequestTrace trace;

  public GuardedEvents(
      EventSource source, Operation operation, StreamChecks checks, RequestTrace trace) {
    this.source = source;
    this.stream = switch (operation) {
      case CHAT_COMPLETIONS -> new ChatStream(checks);
      case MESSAGES -> new MessagesStream(checks);
      case EMBEDDINGS -> throw new IllegalArgumentException("embeddings are no stream");
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
    source.cancel();
  }

  private final class Guarded implements EventSink {
    private final EventSink next;
    private boolean over;

    Guarded(EventSink next) {
      this.next = next;
    }

    @Override
    public void event(byte[] frame) {
      if (over) {
        return;
      }
      long start = System.nanoTime();
      stream.event(frame, next::event);
      trace.spent(Stage.GUARD, System.nanoTime() - start);
      if (stream.stop().isPresent()) {
        over = true;
        source.cancel();
        next.end();
      }
    }

    @Override
    public void end() {
      if (!over) {
        over = true;
        next.end();
      }
    }

    @Override
    public void fail(GatewayException failure) {
      if (!over) {
        over = true;
        next.fail(failure);
      }
    }
  }
}
