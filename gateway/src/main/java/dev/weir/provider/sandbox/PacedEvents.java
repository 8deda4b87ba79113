package dev.weir.provider.sandbox;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list of events at a pace. Safe for many threads.
 *
 * <p>One thread at a time delivers: whoever finds work to do and nobody at it. Events never overlap, even when the sink
 * pauses from inside.
 */
final class PacedEvents implements EventSource {
  /** How the stream goes after its last event. */
  enum Ending {
    WHOLE,
    BROKEN
  }

  private final List<Supplier<byte[]>> events;
  private final Duration first;
  private final Duration between;
  private final ScheduledExecutorService pace;
  private final Ending ending;

  private @Nullable EventSink sink;
  private int next;
  private boolean paused;
  private boolean cancelled;
  private boolean over;
  private boolean delivering;
  private boolean waiting;

  PacedEvents(
      List<Supplier<byte[]>> events,
      Duration first,
      Duration between,
      ScheduledExecutorService pace,
      Ending ending) {
    this.events = List.copyOf(events);
    this.first = first;
    this.between = between;
    this.pace = pace;
    this.ending = ending;
  }

  @Override
  public void start(EventSink target) {
    synchronized (this) {
      sink = target;
    }
    step(first);
  }

  // either delivers now, or when the pace says so
  private void step(Duration wait) {
    if (wait.isZero()) {
      deliver();
      return;
    }
    synchronized (this) {
      waiting = true;
    }
    var _ = pace.schedule(
        () -> {
          synchronized (this) {
            waiting = false;
          }
          deliver();
        },
        wait.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  private void deliver() {
    while (true) {
      EventSink target;
      int position;
      synchronized (this) {
        target = sink;
        if (target == null || delivering || waiting || paused || cancelled || over) {
          return;
        }
        delivering = true;
        position = next++;
        over = position >= events.size();
      }
      send(target, position);
      synchronized (this) {
        delivering = false;
      }
      if (!between.isZero() && position < events.size()) {
        step(between);
        return;
      }
    }
  }

  private void send(EventSink target, int position) {
    if (position < events.size()) {
      target.event(events.get(position).get());
    } else if (ending == Ending.WHOLE) {
      target.end();
    } else {
      target.fail(SandboxProvider.unavailable("sandbox-error breaks every stream."));
    }
  }

  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    synchronized (this) {
      paused = false;
    }
    deliver();
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
  }
}
