package dev.weir.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestObserver;
import dev.weir.telemetry.RequestTrace;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestMemoryTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final List<WeakReference<RequestTrace>> seen = new CopyOnWriteArrayList<>();

  private final RequestObserver observer = new RequestObserver() {
    @Override
    public void started(RequestTrace trace) {
      seen.add(new WeakReference<>(trace));
    }

    @Override
    public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {}
  };

  @Test
  void a_request_whose_body_had_to_be_waited_for_leaves_nothing_behind() throws Exception {
    var vertx = Vertx.vertx();
    var routes = Routes.builder()
        .post("/echo", exchange -> exchange.answer(200, exchange.body()))
        .build();
    var settings = new ListenerSettings("127.0.0.1", 0, 1 << 20, 8192, 4096, LONG, LONG);
    var listener = Listener.open(vertx, settings, 1, routes, observer);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(5000);
      var out = socket.getOutputStream();
      out.write(
          "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{"
              .getBytes(US_ASCII));
      out.flush();
      Thread.sleep(200);
      out.write('}');
      out.flush();
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
    try {
      assertThat(seen).hasSize(1);
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
        System.gc();
        return seen.getFirst().refersTo(null);
      });
    } finally {
      listener.close();
      var _ = vertx.close();
    }
  }
}
