package dev.weir.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** C06 and C01, from those without a key: bodies that nobody reads must leave nothing behind. */
class StrangersTest {
  private static final int STRANGERS = 400;
  private static final byte[] BODY = new byte[200 << 10];
  /** Buffers kept for the next ones; what nobody gave back took twice as much. */
  private static final long MOST_LEFT = 64L << 20;

  @Test
  void c06_large_bodies_of_strangers_leave_no_memory_behind() throws Exception {
    try (var gateway = new RunningGateway(List.of(), RunningGateway.QUICK)) {
      come(gateway, 20);
      var before = Memory.used();
      come(gateway, STRANGERS);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(gateway.metrics().body()).contains("gateway_in_flight_requests 0.0"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(Memory.used() - before).as("bytes left behind").isLessThan(MOST_LEFT));
    }
  }

  /** Half of them read their refusal, half are gone before it comes. */
  private static void come(RunningGateway gateway, int strangers) throws IOException {
    for (var i = 0; i < strangers; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        socket.setSoTimeout(5000);
        send(socket);
        if (i % 2 == 0) {
          assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
              .isEqualTo("HTTP/1.1 401");
        }
      }
    }
  }

  private static void send(Socket socket) {
    try {
      var out = socket.getOutputStream();
      out.write(
          ("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer wr-none\r\n"
                  + "content-type: application/json\r\ncontent-length: " + BODY.length + "\r\n\r\n")
              .getBytes(US_ASCII));
      out.write(BODY);
    } catch (IOException _) {
      // refused and closed while it was still sending
    }
  }
}
