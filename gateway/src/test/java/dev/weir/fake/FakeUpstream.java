package dev.weir.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A provider on a raw socket that does what the model's name says, and keeps its own ledger of what it was sent.
 *
 * <p>Safe for many threads. A behaviour writes the answer's bytes itself, head included.
 */
public final class FakeUpstream implements AutoCloseable {
  /** What to do with one request. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(Request request, Socket socket) throws Exception;
  }

  /** A request as it came. */
  public record Request(String head, byte[] body) {
    public String text() {
      return new String(body, UTF_8);
    }
  }

  private final ServerSocket server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> ledger = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = (_, _) -> {};
  private volatile long lastBroken;

  public FakeUpstream() throws IOException {
    this(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), "http");
  }

  /** Behind TLS, with the key and certificate of this context. */
  public static FakeUpstream tls(SSLContext context) throws IOException {
    var sockets = context.getServerSocketFactory();
    return new FakeUpstream(
        sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress()), "https");
  }

  private FakeUpstream(ServerSocket server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    var _ = threads.submit(this::accept);
  }

  /** Connections so far, whether anything was sent on them or not. */
  public int connections() {
    return sockets.size();
  }

  /** Its port, on the loopback address. */
  public int port() {
    return server.getLocalPort();
  }

  /** From now on requests are answered so. */
  public void answers(Behaviour next) {
    behaviour = next;
  }

  /** From now on requests are answered with these bytes, head included. */
  public void answers(String bytes) {
    answers((_, socket) -> write(socket, bytes));
  }

  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  /** All requests so far. */
  public List<Request> ledger() {
    return List.copyOf(ledger);
  }

  public Request last() {
    return ledger.getLast();
  }

  /** When a write last found the gateway gone, as {@link System#nanoTime()}; 0: never. */
  public long lastBroken() {
    return lastBroken;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        var _ = threads.submit(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = socket.getInputStream();
      while (true) {
        var head = head(in);
        if (head.isEmpty()) {
          return;
        }
        var request = new Request(head, in.readNBytes(length(head)));
        ledger.add(request);
        behaviour.answer(request, socket);
      }
    } catch (Exception _) {
      lastBroken = System.nanoTime();
    }
  }

  private static String head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      var next = in.read();
      if (next < 0) {
        return "";
      }
      bytes.write(next);
      var text = bytes.toString(ISO_8859_1);
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
  }

  private static int length(String head) {
    for (var line : head.split("\r\n", -1)) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  /** Writes text and sends it at once. */
  public static void write(Socket socket, String bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(UTF_8));
    out.flush();
  }

  /** A whole answer with this status and JSON body. */
  public static String json(int status, String body, String... headers) {
    return whole(status, "application/json", body, headers);
  }

  public static String whole(int status, String type, String body, String... headers) {
    return "HTTP/1.1 " + status + " X\r\ncontent-type: " + type + "\r\ncontent-length: "
        + body.getBytes(UTF_8).length + "\r\n" + lines(headers) + "\r\n" + body;
  }

  /** The head of a stream that ends with its connection. */
  public static String streamHead(String... headers) {
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n"
        + lines(headers) + "\r\n";
  }

  private static String lines(String... headers) {
    var text = new StringBuilder();
    for (var header : headers) {
      text.append(header).append("\r\n");
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
