package dev.weir.bench.load;

import dev.weir.bench.wire.SendTime;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.IdentityHashMap;

/**
 * Server-sent events on many connections at once, each opening its next stream when one has ended. Counts frames, and times
 * each from its sending by the mock; streams still open at the end are cut.
 *
 * @param streams at once
 * @param stagger over which the first ones are opened, so that they do not march in step
 */
public record StreamLoad(int streams, Duration stagger) implements Load {
  private static final int HOPELESS = 100;

  @Override
  public Outcome run(Destination destination, Window window) throws IOException {
    try (var selector = Selector.open()) {
      var round = new Round(destination, selector);
      try {
        return round.run(this, window);
      } finally {
        selector.keys().forEach(key -> ((Connection) key.attachment()).close());
      }
    }
  }

  /** What is known of one connection's stream under way. */
  private static final class Reading {
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
    final SendTime marks = new SendTime();
    private int matched;

    /** Whether the terminator stands in these bytes, or ends in them. */
    boolean done(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        matched = bytes[i] == DONE[matched] ? matched + 1 : bytes[i] == DONE[0] ? 1 : 0;
        if (matched == DONE.length) {
          matched = 0;
          return true;
        }
      }
      return false;
    }
  }

  /** One run. Single-threaded. */
  private static final class Round implements Connection.Listener {
    private final Destination destination;
    private final Selector selector;
    private final Tally tally = new Tally();
    private final IdentityHashMap<Connection, Reading> readings = new IdentityHashMap<>();
    private final byte[] buffer = new byte[256 << 10];
    private boolean counting;
    private long now;

    Round(Destination destination, Selector selector) {
      this.destination = destination;
      this.selector = selector;
    }

    Outcome run(StreamLoad load, Window window) throws IOException {
      var gap = load.stagger().toNanos() / load.streams();
      var start = System.nanoTime();
      for (int i = 0; i < load.streams(); i++) {
        until(start + i * gap);
        open();
      }
      until(System.nanoTime() + window.warmUp().toNanos());
      window.border().begins();
      var begin = System.nanoTime();
      counting = true;
      until(begin + window.length().toNanos());
      counting = false;
      var nanos = System.nanoTime() - begin;
      window.border().ends();
      return tally.outcome(nanos);
    }

    private void open() throws IOException {
      var connection = new Connection(destination, selector, this);
      readings.put(connection, new Reading());
      connection.send(destination.request(), System.nanoTime());
    }

    private void until(long deadline) throws IOException {
      for (long left = deadline - System.nanoTime();
          left > 0;
          left = deadline - System.nanoTime()) {
        var _ = selector.select(
            key -> {
              now = System.nanoTime();
              ((Connection) key.attachment()).ready(buffer);
            },
            Math.max(1, left / 1_000_000));
      }
    }

    @Override
    public void body(Connection from, byte[] bytes, int start, int end) {
      var reading = readings.get(from);
      if (reading == null) {
        return;
      }
      reading.marks.scan(bytes, start, end, sentAt -> frame(from, sentAt));
      from.ended |= reading.done(bytes, start, end);
    }

    private void frame(Connection from, long sentAt) {
      if (counting) {
        tally.counted(now - sentAt);
        if (!from.begun) {
          tally.firstByte(now - from.startedAt());
        }
      }
      from.begun = true;
    }

    @Override
    public void answered(Connection from, int status) {
      if (status != 200) {
        tally.failed("status " + status);
      } else if (!from.begun || !from.ended) {
        tally.failed("a stream that only stopped");
      }
      if (tally.failures() < HOPELESS) {
        from.send(destination.request(), System.nanoTime());
      }
    }

    @Override
    public void lost(Connection from, String why) {
      tally.failed(why);
      var _ = readings.remove(from);
      if (tally.failures() >= HOPELESS) {
        return;
      }
      try {
        open();
      } catch (IOException refused) {
        tally.failed(String.valueOf(refused.getMessage()));
      }
    }
  }
}
