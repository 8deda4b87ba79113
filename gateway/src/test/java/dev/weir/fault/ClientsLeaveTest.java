package dev.weir.fault;

import static dev.weir.it.RunningGateway.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * C01: clients that leave a stream at each tenth of it, before its usage and before its end, politely (FIN) and not (RST). A
 * fake provider holds each stream there, so that only its client's leaving can end it.
 */
class ClientsLeaveTest {
  private static final int EVENTS = 10;

  private static final String EVENT =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";
  private static final String LAST =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":10,\"total_tokens\":13}}\n\n";

  private final ConcurrentLinkedQueue<Long> cancelled = new ConcurrentLinkedQueue<>();

  @Test
  void c01_whenever_a_client_leaves_its_provider_is_cancelled_and_nothing_stays_open()
      throws Exception {
    try (var upstream = new FakeUpstream();
        var gateway = new RunningGateway(
            List.of(new RemoteProvider("fake", upstream.url(), "", List.of())),
            RunningGateway.QUICK)) {
      upstream.answers((request, socket) -> hold(socket, place(request.text())));
      var places = EVENTS + 3;
      var clients = new ArrayList<Socket>();
      for (var i = 0; i < 2 * places; i++) {
        clients.add(client(gateway, i % places));
      }
      var left = System.nanoTime();
      for (var i = 0; i < clients.size(); i++) {
        if (i < places) {
          clients.get(i).setSoLinger(true, 0);
        }
        clients.get(i).close();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> cancelled.size() == clients.size());
      // a second, and what a busy machine takes
      assertThat(cancelled)
          .allSatisfy(
              at -> assertThat(Duration.ofNanos(at - left)).isLessThan(Duration.ofSeconds(2)));
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() ->
              assertThat(gateway.metrics().body()).contains("gateway_in_flight_requests 0.0"));
    }
  }

  /** Writes so many of the stream's parts, then waits for the other side to end. */
  private void hold(Socket socket, int parts) throws IOException {
    var text = new StringBuilder(FakeUpstream.streamHead());
    for (var i = 0; i < parts; i++) {
      text.append(i < EVENTS ? EVENT : i == EVENTS ? LAST : USAGE);
    }
    FakeUpstream.write(socket, text.toString());
    socket.setSoTimeout(20_000);
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } finally {
      cancelled.add(System.nanoTime());
    }
    throw new IOException("the gateway left");
  }

  private static int place(String body) {
    var at = body.indexOf("leave-") + "leave-".length();
    return Integer.parseInt(body.substring(at, body.indexOf('"', at)));
  }

  /** A client that has seen all that its stream has so far. */
  private static Socket client(RunningGateway gateway, int parts) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(10_000);
    var body = stream("fake/leave-" + parts);
    socket
        .getOutputStream()
        .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                + gateway.key() + "\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body)
            .getBytes(UTF_8));
    var seen = new StringBuilder();
    while (seen.toString().split("data: ", -1).length - 1 < Math.min(parts, EVENTS + 1)) {
      var read = socket.getInputStream().read();
      assertThat(read).as("a stream that ended: %s", seen).isNotNegative();
      seen.append((char) read);
    }
    return socket;
  }
}
