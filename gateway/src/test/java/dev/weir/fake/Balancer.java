package dev.weir.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer as an operator would set one up: asks each instance for its readiness, gives each request to a ready one, and to
 * another when it was not answered with a single byte. One request a connection. Safe for many threads.
 */
public final class Balancer implements AutoCloseable {
  private static final int CHECK_MILLIS = 50;

  private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Integer> instances = new CopyOnWriteArrayList<>();
  private final List<Integer> ready = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  public Balancer() throws IOException {
    var _ = threads.submit(this::accept);
    var _ = threads.submit(this::check);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** An instance by its port; it gets requests once it says that it is ready. */
  public void add(int port) {
    instances.add(port);
  }

  /** The ports of those that are ready. */
  public List<Integer> ready() {
    return List.copyOf(ready);
  }

  private void check() {
    try {
      while (!server.isClosed()) {
        for (var port : instances) {
          if (!isReady(port)) {
            ready.removeIf(port::equals);
          } else if (!ready.contains(port)) {
            ready.add(port);
          }
        }
        Thread.sleep(CHECK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isReady(int port) {
    try {
      var answer = ask(
          port, "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".getBytes(US_ASCII));
      return new String(answer, ISO_8859_1).startsWith("HTTP/1.1 200");
    } catch (IOException _) {
      return false;
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        var _ = threads.submit(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var request = request(client.getInputStream());
      for (var tries = 0; tries < 20; tries++) {
        var answer = answer(request);
        if (answer.length > 0) {
          client.getOutputStream().write(answer);
          return;
        }
        Thread.sleep(CHECK_MILLIS);
      }
    } catch (IOException _) {
      // the client is gone
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] answer(byte[] request) {
    var now = ready();
    try {
      return now.isEmpty()
          ? new byte[0]
          : ask(now.get(Math.floorMod(turn.getAndIncrement(), now.size())), request);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  private static byte[] ask(int port, byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      return socket.getInputStream().readAllBytes();
    }
  }

  private static byte[] request(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var chunk = new byte[8192];
    while (true) {
      var read = in.read(chunk);
      if (read < 0) {
        throw new IOException("the client left");
      }
      bytes.write(chunk, 0, read);
      var text = bytes.toString(ISO_8859_1);
      var end = text.indexOf("\r\n\r\n");
      if (end > 0 && bytes.size() >= end + 4 + length(text.substring(0, end))) {
        return bytes.toByteArray();
      }
    }
  }

  private static int length(String head) {
    var at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    return at < 0
        ? 0
        : Integer.parseInt(head.substring(at + 16).split("\r\n", 2)[0].strip());
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
