package dev.weir.guardrail.stream;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.GatewayException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose sink is called on a virtual thread of its own, so that the sink may wait without holding an event loop. While
 * it waits, at most 64 KiB gather; then the source pauses. Safe for many threads.
 */
public final class ThreadedEvents implements EventSource {
  private static final int MOST_WAITING = 64 << 10;

  private final EventSource source;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Step> steps = new ArrayDeque<>();
  private int waiting;
  private boolean crowded;
  private boolean paused;

  /** Nothing more is to come, or to be heard. */
  private boolean ended;

  private boolean cancelled;
  private volatile @Nullable Thread thread;

  /** One call of the sink. */
  private record Step(int bytes, Consumer<EventSink> call) {}

  public ThreadedEvents(EventSource source) {
    this.source = source;
  }

  @Override
  public void start(EventSink sink) {
    thread = Thread.ofVirtual().name("weir-guarded-stream").start(() -> deliver(sink));
    source.start(new EventSink() {
      @Override
      public void event(byte[] frame) {
        add(frame.length, next -> next.event(frame));
      }

      @Override
      public void end() {
        last(EventSink::end);
      }

      @Override
      public void fail(GatewayException failure) {
        last(next -> next.fail(failure));
      }
    });
  }

  private void last(Consumer<EventSink> call) {
    add(0, call);
    change(() -> ended = true);
  }

  private void add(int bytes, Consumer<EventSink> call) {
    change(() -> {
      steps.add(new Step(bytes, call));
      waiting += bytes;
      if (waiting > MOST_WAITING && !crowded) {
        crowded = true;
        source.pause();
      }
    });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void deliver(EventSink sink) {
    for (var step = next(); step != null; step = next()) {
      step.call().accept(sink);
    }
  }

  /** Waits for what comes next; null when nothing does. */
  private @Nullable Step next() {
    lock.lock();
    try {
      while (!cancelled && (paused || (steps.isEmpty() && !ended))) {
        changed.awaitUninterruptibly();
      }
      var step = cancelled ? null : steps.poll();
      if (step == null) {
        return null;
      }
      waiting -= step.bytes();
      if (crowded && waiting < MOST_WAITING / 2) {
        crowded = false;
        source.resume();
      }
      return step;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void pause() {
    change(() -> paused = true);
  }

  @Override
  public void resume() {
    change(() -> paused = false);
  }

  @Override
  public void cancel() {
    source.cancel();
    change(() -> cancelled = true);
    var running = thread;
    if (running != null && running != Thread.currentThread()) {
      // what it waits for has nobody to tell
      running.interrupt();
    }
  }
}
