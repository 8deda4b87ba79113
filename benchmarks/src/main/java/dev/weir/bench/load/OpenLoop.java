package dev.weir.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed rate, whatever comes back: a request's latency counts from the time at which it was due, also when no connection
 * was free then.
 *
 * @param perSecond requests a second
 * @param connections at most so many requests are under way
 */
public record OpenLoop(int perSecond, int connections) implements Load {
  private static final long GRACE_NANOS = 2_000_000_000L;
  private static final int HOPELESS = 1_000;

  @Override
  public Outcome run(Destination destination, Window window)
      throws IOException, InterruptedException {
    try (var selector = Selector.open()) {
      var round = new Round(destination, selector, window);
      try {
        return round.run(connections, perSecond);
      } finally {
        selector.keys().forEach(key -> ((Connection) key.attachment()).close());
      }
    }
  }

  /** A request and its time, by {@link System#nanoTime}. */
  private record Due(long at, byte[] request) {}

  /** One run: the calling thread sends by the clock, another reads. */
  private static final class Round implements Connection.Listener {
    private final Destination destination;
    private final Selector selector;
    private final Window window;
    private final Tally tally = new Tally();
    private final byte[] buffer = new byte[256 << 10];

    /** Guarded by this. */
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    /** What found no idle connection. Guarded by this. */
    private final ArrayDeque<Due> overdue = new ArrayDeque<>();

    /** The sender's alone. */
    private long turn;

    /** Guarded by this. */
    private int underWay;

    private volatile long countFrom = Long.MAX_VALUE;
    private volatile long countTo = Long.MAX_VALUE;
    private volatile boolean finished;

    Round(Destination destination, Selector selector, Window window) {
      this.destination = destination;
      this.selector = selector;
      this.window = window;
    }

    Outcome run(int connections, int perSecond) throws IOException, InterruptedException {
      for (int i = 0; i < connections; i++) {
        idle.add(new Connection(destination, selector, this));
      }
      var reader = Thread.ofPlatform().daemon().name("load-reader").start(this::read);
      var start = System.nanoTime();
      var from = start + window.warmUp().toNanos();
      countFrom = from;
      countTo = from + window.length().toNanos();
      send(start, from, perSecond);
      window.border().begins();
      send(from, countTo, perSecond);
      window.border().ends();
      awaitRest();
      finished = true;
      selector.wakeup();
      reader.join();
      return tally.outcome(window.length().toNanos());
    }

    private void send(long from, long to, int perSecond) {
      var gap = 1e9 / perSecond;
      for (long i = 0; from + (long) (i * gap) < to && tally.failures() < HOPELESS; i++) {
        var due = from + (long) (i * gap);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        start(new Due(due, destination.request(turn++)));
      }
    }

    private void start(Due due) {
      Connection free;
      synchronized (this) {
        underWay++;
        free = idle.poll();
        if (free == null) {
          overdue.add(due);
          return;
        }
      }
      free.send(due.request(), due.at());
    }

    private void awaitRest() throws InterruptedException {
      var deadline = System.nanoTime() + GRACE_NANOS;
      while (open() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      for (int i = open(); i > 0; i--) {
        tally.failed("no answer");
      }
    }

    private synchronized int open() {
      return underWay;
    }

    private void read() {
      try {
        while (!finished) {
          var _ = selector.select(key -> ((Connection) key.attachment()).ready(buffer), 100);
        }
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public void body(Connection from, byte[] bytes, int start, int end) {}

    @Override
    public void answered(Connection from, int status) {
      var now = System.nanoTime();
      var due = from.startedAt();
      if (status != 200) {
        tally.failed("status " + status);
      } else if (due >= countFrom && due < countTo) {
        tally.counted(now - due);
      }
      next(from);
    }

    private void next(Connection free) {
      Due due;
      synchronized (this) {
        underWay--;
        due = overdue.poll();
        if (due == null) {
          idle.addLast(free);
          return;
        }
      }
      free.send(due.request(), due.at());
    }

    @Override
    public void lost(Connection from, String why) {
      tally.failed(why);
      if (tally.failures() >= HOPELESS) {
        return;
      }
      try {
        var fresh = new Connection(destination, selector, this);
        if (from.busy()) {
          next(fresh);
        } else {
          synchronized (this) {
            var _ = idle.remove(from);
            idle.add(fresh);
          }
        }
      } catch (IOException refused) {
        tally.failed(String.valueOf(refused.getMessage()));
      }
    }
  }
}
