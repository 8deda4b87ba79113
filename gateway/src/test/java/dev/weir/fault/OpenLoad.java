package dev.weir.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sends one request at a steady rate, whatever comes back, over as many connections as that takes. One thread and no client
 * library, so that the load costs little of the processor that is to be loaded. Not thread-safe.
 */
final class OpenLoad implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 1500;
  private static final int HEAD = 1500;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final InetSocketAddress where;
  private final byte[] request;
  private final Selector selector = Selector.open();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final ArrayList<Sample> samples = new ArrayList<>();
  private int connections;
  private int inFlight;

  /**
   * One answer.
   *
   * @param status 0: none; -1: not sent, all connections were taken
   * @param millis from the time at which the request was due
   */
  record Sample(int status, double millis) {}

  OpenLoad(int port, byte[] request) throws IOException {
    this.where = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.request = request.clone();
  }

  /** Everything that was sent in this time, once it is answered. */
  List<Sample> run(double perSecond, Duration time) throws IOException {
    samples.clear();
    var gap = (long) (1e9 / perSecond);
    var start = System.nanoTime();
    var due = start;
    var end = start + time.toNanos();
    while (due < end || (inFlight > 0 && System.nanoTime() < end + GRACE.toNanos())) {
      var now = System.nanoTime();
      for (; due < end && due <= now; due += gap) {
        send(due);
      }
      var wait = due < end ? (due - now) / 1_000_000 : 50;
      if (wait > 0) {
        selector.select(this::ready, wait);
      } else {
        selector.selectNow(this::ready);
      }
    }
    for (; inFlight > 0; inFlight--) {
      samples.add(new Sample(0, 0));
    }
    return List.copyOf(samples);
  }

  private void send(long due) throws IOException {
    inFlight++;
    var free = idle.pollFirst();
    if (free != null) {
      free.begin(due);
    } else if (connections < MOST_CONNECTIONS) {
      connections++;
      new Connection().begin(due);
    } else {
      inFlight--;
      samples.add(new Sample(-1, 0));
    }
  }

  private void ready(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      connection.ready();
    } catch (IOException broken) {
      connections--;
      inFlight--;
      samples.add(new Sample(0, 0));
      key.cancel();
    }
  }

  private final class Connection {
    private final SocketChannel channel = SocketChannel.open();
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(64 << 10);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private long due;

    Connection() throws IOException {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      var connected = channel.connect(where);
      key = channel.register(
          selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
    }

    void begin(long at) throws IOException {
      due = at;
      out = ByteBuffer.wrap(request);
      in.clear();
      if (channel.isConnected()) {
        write();
      }
    }

    void ready() throws IOException {
      if (key.isConnectable() && channel.finishConnect()) {
        write();
      } else if (key.isWritable()) {
        write();
      } else if (channel.read(in) < 0) {
        throw new IOException("closed");
      } else {
        answered();
      }
    }

    private void write() throws IOException {
      var _ = channel.write(out);
      key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void answered() {
      var text = new String(in.array(), 0, Math.min(in.position(), HEAD), ISO_8859_1);
      var end = text.indexOf("\r\n\r\n");
      if (end < 0 || in.position() < end + 4 + length(text)) {
        return;
      }
      samples.add(
          new Sample(Integer.parseInt(text.substring(9, 12)), (System.nanoTime() - due) / 1e6));
      inFlight--;
      idle.addFirst(this);
    }

    private static int length(String head) {
      var at = head.indexOf("content-length: ") + 16;
      return Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
    }
  }

  @Override
  public void close() throws IOException {
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
