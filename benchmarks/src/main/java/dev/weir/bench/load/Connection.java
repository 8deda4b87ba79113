package dev.weir.bench.load;

import dev.weir.bench.wire.MessageReader;
import dev.weir.bench.wire.Outbox;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One keep-alive connection of a load. One thread may send while another reads; each side alone is single-threaded.
 */
final class Connection implements MessageReader.Sink, AutoCloseable {
  /** Told of what comes back, on the thread that reads. */
  interface Listener {
    void body(Connection from, byte[] bytes, int start, int end);

    void answered(Connection from, int status);

    /** The connection is of no more use. */
    void lost(Connection from, String why);
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Listener listener;
  private final MessageReader reader = new MessageReader(this);
  private final Outbox out;
  private int status;
  private volatile long startedAt;
  private volatile boolean busy;

  /** For streams: whether this answer's first frame has come. */
  boolean begun;

  /** For streams: whether the end of the answer was said. */
  boolean ended;

  Connection(Destination destination, Selector selector, Listener listener) throws IOException {
    this.listener = listener;
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var _ = channel.connect(destination.address());
    channel.configureBlocking(false);
    out = new Outbox(channel);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * Sends a request.
   *
   * @param start by {@link System#nanoTime}, what its latency counts from
   */
  void send(byte[] request, long start) {
    startedAt = start;
    busy = true;
    begun = false;
    ended = false;
    try {
      synchronized (out) {
        out.send(request, 0, request.length);
        watch();
      }
    } catch (IOException broken) {
      lose(String.valueOf(broken.getMessage()));
    }
  }

  long startedAt() {
    return startedAt;
  }

  /** A request is under way. */
  boolean busy() {
    return busy;
  }

  void ready(byte[] buffer) {
    try {
      if (key.isWritable()) {
        synchronized (out) {
          out.flush();
          watch();
        }
      }
      if (key.isReadable()) {
        read(buffer);
      }
    } catch (IOException broken) {
      lose(String.valueOf(broken.getMessage()));
    }
  }

  private void read(byte[] buffer) throws IOException {
    int count = channel.read(ByteBuffer.wrap(buffer));
    if (count < 0) {
      lose("closed by the other side");
    } else {
      reader.feed(buffer, 0, count);
    }
  }

  private void watch() {
    int wanted = SelectionKey.OP_READ | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
      key.selector().wakeup();
    }
  }

  private void lose(String why) {
    close();
    listener.lost(this, why);
  }

  @Override
  public void head(byte[] head, int length) {
    // "HTTP/1.1 200"
    status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    listener.body(this, bytes, from, to);
  }

  @Override
  public void end() {
    busy = false;
    listener.answered(this, status);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // nothing more is wanted of it
    }
  }
}
