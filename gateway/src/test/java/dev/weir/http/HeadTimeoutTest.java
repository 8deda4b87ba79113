package dev.weir.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.telemetry.Observers;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeadTimeoutTest {
  private static final Duration LIMIT = Duration.ofMillis(400);

  private static Vertx vertx;
  private static Listener listener;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    var routes = Routes.builder()
        .post("/slow", exchange -> exchange.answer(200, exchange.body()))
        .get("/late", exchange -> {
          sleep(LIMIT.multipliedBy(3));
          exchange.answer(200, "{}".getBytes(US_ASCII));
        })
        .build();
    var settings = new ListenerSettings("127.0.0.1", 0, 1 << 20, 8192, 4096, LIMIT, LIMIT);
    listener = Listener.open(vertx, settings, 1, routes, Observers.NONE);
  }

  @AfterAll
  static void stop() {
    listener.close();
    var _ = vertx.close();
  }

  @Test
  void c04_a_head_that_drips_is_cut_off() throws Exception {
    var start = System.nanoTime();
    try (var socket = connect()) {
      var out = socket.getOutputStream();
      var sent = 0;
      try {
        for (var b : "GET /late HTTP/1.1\r\nhost: x\r\nx-long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            .getBytes(US_ASCII)) {
          out.write(b);
          out.flush();
          sent++;
          sleep(Duration.ofMillis(50));
        }
      } catch (SocketException _) {
        // cut off, as it should be
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(sent).isLessThan(40);
    }
  }

  @Test
  void c04_a_body_that_stands_still_is_answered_with_a_timeout() throws Exception {
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "POST /slow HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
                  .getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void an_answer_that_takes_longer_than_the_limit_is_waited_for() throws Exception {
    try (var socket = connect()) {
      socket.getOutputStream().write("GET /late HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void c05_an_idle_connection_is_closed_in_the_end() throws Exception {
    try (var socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Socket connect() throws Exception {
    var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout(5000);
    return socket;
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
