package dev.weir.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy that breaks what goes through it, on command: in front of PostgreSQL, Redis or a provider. A fault holds for the
 * connections that are open as well as for new ones. Safe for many threads.
 */
public final class FaultProxy implements AutoCloseable {
  /** What is done to the bytes. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Each piece waits for the latency. */
    SLOW,
    /** One byte at a time, a millisecond apart. */
    DRIP,
    /** Everything is taken and nothing is passed on. */
    BLACK_HOLE,
    /** Open connections are reset, new ones too. */
    RESET,
    /** The far end's answers end, as if it had closed its half. */
    HALF_CLOSE
  }

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;
  private volatile long latencyMillis;
  private volatile boolean closed;

  public FaultProxy(String host, int port) {
    try {
      this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    this.target = new InetSocketAddress(host, port);
    Thread.ofPlatform().daemon().name("fault-proxy").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** From now on. */
  public void set(Fault next) {
    fault = next;
    if (next == Fault.RESET) {
      sockets.forEach(FaultProxy::reset);
    }
  }

  /** From now on each piece, in each direction, takes this long. */
  public void slow(long millis) {
    latencyMillis = millis;
    set(Fault.SLOW);
  }

  /** Resets what is open now, and nothing else. */
  public void cut() {
    sockets.forEach(FaultProxy::reset);
  }

  private void accept() {
    while (!closed) {
      try {
        var client = server.accept();
        if (fault == Fault.RESET) {
          reset(client);
          continue;
        }
        var far = new Socket();
        far.connect(target);
        client.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pump(client, far, Way.THERE));
        Thread.ofVirtual().start(() -> pump(far, client, Way.BACK));
      } catch (IOException _) {
        // the far end is down, or the test is over
      }
    }
  }

  private enum Way {
    THERE,
    BACK
  }

  private void pump(Socket from, Socket to, Way way) {
    try (from;
        to) {
      copy(from.getInputStream(), to.getOutputStream(), to, way);
    } catch (IOException _) {
      // one end has gone: so does the other
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void copy(InputStream in, OutputStream out, Socket to, Way way)
      throws IOException, InterruptedException {
    var buffer = new byte[16_384];
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      switch (fault) {
        case NONE, RESET -> out.write(buffer, 0, read);
        case SLOW -> {
          Thread.sleep(latencyMillis);
          out.write(buffer, 0, read);
        }
        case DRIP -> {
          for (var i = 0; i < read; i++) {
            out.write(buffer, i, 1);
            Thread.sleep(1);
          }
        }
        case BLACK_HOLE -> {
          // taken, and gone
        }
        case HALF_CLOSE -> {
          if (way == Way.BACK) {
            to.shutdownOutput();
            return;
          }
          out.write(buffer, 0, read);
        }
      }
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    } catch (IOException _) {
      // it is gone already
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException _) {
      // the test is over
    }
    cut();
  }
}
