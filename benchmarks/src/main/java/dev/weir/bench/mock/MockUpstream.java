package dev.weir.bench.mock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.PriorityQueue;

/**
 * An OpenAI-compatible upstream of canned bytes on loopback: one thread, one selector, no JSON library, TCP_NODELAY.
 *
 * <p>Its own process in a measurement ({@code main PORT}); closes when told to. What it answers is chosen by the model name,
 * see {@link Order}.
 */
public final class MockUpstream implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final Selector selector;
  private final ServerSocketChannel server;
  private final Thread loop;
  private final Canned canned = new Canned();
  private final PriorityQueue<MockConnection> paced = new PriorityQueue<>();
  private final byte[] buffer = new byte[256 << 10];
  private volatile boolean closed;

  private MockUpstream(int port) throws IOException {
    selector = Selector.open();
    server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.configureBlocking(false);
    var _ = server.register(selector, SelectionKey.OP_ACCEPT);
    loop = Thread.ofPlatform().daemon().name("mock-upstream").unstarted(this::run);
  }

  /** Starts one on this port of the loopback address; 0 takes any free port. */
  public static MockUpstream start(int port) throws IOException {
    var mock = new MockUpstream(port);
    mock.loop.start();
    return mock;
  }

  /** Serves until killed; prints its port first. */
  public static void main(String[] args) throws Exception {
    try (var mock = start(Integer.parseInt(args[0]))) {
      System.out.println("mock: port " + mock.port());
      mock.loop.join();
    }
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      loop.join(2_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }

  private void run() {
    try (selector) {
      while (!closed) {
        var _ = selector.select(this::ready, untilNextFrame());
        sendDueFrames();
      }
      selector.keys().forEach(key -> MockConnection.closeQuietly(key.channel()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private long untilNextFrame() {
    var next = paced.peek();
    // the selector counts in milliseconds and takes 0 for ever
    return next == null ? 1_000 : Math.max(1, (next.due() - System.nanoTime()) / 1_000_000);
  }

  private void sendDueFrames() {
    var next = paced.peek();
    while (next != null && next.due() <= System.nanoTime()) {
      var _ = paced.poll();
      if (next.sendFrame()) {
        paced.add(next);
      }
      next = paced.peek();
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
    } else {
      ((MockConnection) key.attachment()).ready(key, buffer);
    }
  }

  private void accept() {
    try {
      for (var channel = server.accept(); channel != null; channel = server.accept()) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new MockConnection(channel, key, canned, paced::add));
      }
    } catch (IOException outOfDescriptors) {
      throw new UncheckedIOException(outOfDescriptors);
    }
  }
}
