package dev.weir.bench.load;

import java.io.IOException;
import java.nio.channels.Selector;

/**
 * Saturation: every connection sends its next request as soon as it has its answer. Latency says little here; requests a
 * second and CPU do.
 *
 * @param connections 1 to a few thousand
 */
public record ClosedLoop(int connections) implements Load {
  private static final int HOPELESS = 100;

  @Override
  public Outcome run(Destination destination, Window window) throws IOException {
    try (var selector = Selector.open()) {
      var round = new Round(destination, selector);
      try {
        return round.run(connections, window);
      } finally {
        selector.keys().forEach(key -> ((Connection) key.attachment()).close());
      }
    }
  }

  /** One run. Single-threaded. */
  private static final class Round implements Connection.Listener {
    private final Destination destination;
    private final Selector selector;
    private final Tally tally = new Tally();
    private final byte[] buffer = new byte[256 << 10];
    private boolean counting;
    private long turn;

    Round(Destination destination, Selector selector) {
      this.destination = destination;
      this.selector = selector;
    }

    Outcome run(int connections, Window window) throws IOException {
      for (int i = 0; i < connections; i++) {
        var connection = new Connection(destination, selector, this);
        connection.send(destination.request(turn++), System.nanoTime());
      }
      until(System.nanoTime() + window.warmUp().toNanos());
      window.border().begins();
      var begin = System.nanoTime();
      counting = true;
      until(begin + window.length().toNanos());
      counting = false;
      var nanos = System.nanoTime() - begin;
      window.border().ends();
      stuck(begin);
      return tally.outcome(nanos);
    }

    private void until(long deadline) throws IOException {
      for (long left = deadline - System.nanoTime();
          left > 0;
          left = deadline - System.nanoTime()) {
        var _ = selector.select(
            key -> ((Connection) key.attachment()).ready(buffer), Math.max(1, left / 1_000_000));
      }
    }

    /** A request older than the whole window has no answer to come. */
    private void stuck(long begin) {
      for (var key : selector.keys()) {
        var connection = (Connection) key.attachment();
        if (connection.busy() && connection.startedAt() < begin) {
          tally.failed("no answer within the window");
        }
      }
    }

    @Override
    public void body(Connection from, byte[] bytes, int start, int end) {}

    @Override
    public void answered(Connection from, int status) {
      var now = System.nanoTime();
      if (status != 200) {
        tally.failed("status " + status);
      } else if (counting) {
        tally.counted(now - from.startedAt());
      }
      if (tally.failures() < HOPELESS) {
        from.send(destination.request(turn++), now);
      }
    }

    @Override
    public void lost(Connection from, String why) {
      tally.failed(why);
      if (tally.failures() >= HOPELESS) {
        return;
      }
      try {
        new Connection(destination, selector, this)
            .send(destination.request(turn++), System.nanoTime());
      } catch (IOException refused) {
        tally.failed(String.valueOf(refused.getMessage()));
      }
    }
  }
}
