package dev.weir.bench.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;

/** Streams that have had their first frame and then wait, to see what one costs in memory. Single-threaded. */
public final class HeldStreams implements AutoCloseable {
  private static final int BATCH = 50;

  private final Selector selector = Selector.open();
  private final byte[] buffer = new byte[64 << 10];
  private int begun;
  private String failure = "";

  private HeldStreams() throws IOException {}

  /**
   * Opens them, a few at a time.
   *
   * @throws IOException when one fails, or not all have begun in time
   */
  public static HeldStreams open(Destination destination, int count, Duration patience)
      throws IOException {
    var held = new HeldStreams();
    try {
      var deadline = System.nanoTime() + patience.toNanos();
      for (int opened = 0; opened < count; opened += BATCH) {
        int wanted = Math.min(count, opened + BATCH);
        for (int i = opened; i < wanted; i++) {
          new Connection(destination, held.selector, held.new Reading())
              .send(destination.request(), System.nanoTime());
        }
        held.await(wanted, deadline);
      }
      return held;
    } catch (IOException failed) {
      held.close();
      throw failed;
    }
  }

  private void await(int wanted, long deadline) throws IOException {
    while (begun < wanted && failure.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("only " + begun + " of " + wanted + " streams began");
      }
      var _ = selector.select(key -> ((Connection) key.attachment()).ready(buffer), 50);
    }
    if (!failure.isEmpty()) {
      throw new IOException("a stream failed: " + failure);
    }
  }

  public int count() {
    return begun;
  }

  @Override
  public void close() throws IOException {
    selector.keys().forEach(key -> ((Connection) key.attachment()).close());
    selector.close();
  }

  private final class Reading implements Connection.Listener {
    @Override
    public void body(Connection from, byte[] bytes, int start, int end) {
      if (!from.begun) {
        from.begun = true;
        begun++;
      }
    }

    @Override
    public void answered(Connection from, int status) {
      failure = "status " + status;
    }

    @Override
    public void lost(Connection from, String why) {
      failure = why;
    }
  }
}
