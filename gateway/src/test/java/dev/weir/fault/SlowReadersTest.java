package dev.weir.fault;

import static dev.weir.it.RunningGateway.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import dev.weir.upstream.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** C03: 500 clients that do not read, with providers that never stop writing. */
@Tag("slow")
class SlowReadersTest {
  private static final int CLIENTS = 500;
  /** Of the gateway, the 500 fake providers and the clients together. */
  private static final long MOST_GROWTH = 100L << 20;

  /** What may be left when they are gone: code, caches, buffers that wait for the next. */
  private static final long MOST_LEFT = 40L << 20;

  private static final String EVENT = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{"
      + "\"content\":\"" + "x".repeat(8000) + "\"},\"finish_reason\":null}]}\n\n";

  private final AtomicLong written = new AtomicLong();
  private final AtomicInteger writing = new AtomicInteger();

  @Test
  void c03_slow_readers_hold_their_providers_back_and_take_no_memory() throws Exception {
    try (var upstream = new FakeUpstream();
        var gateway = new RunningGateway(
            List.of(new RemoteProvider("fake", upstream.url(), "", List.of())),
            new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(4),
                Duration.ofMinutes(2)))) {
      upstream.answers((_, socket) -> endless(socket));
      var before = Memory.used();
      var clients = new ArrayList<Socket>();
      try {
        for (var i = 0; i < CLIENTS; i++) {
          clients.add(client(gateway));
        }
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(writing).hasValue(CLIENTS));
        awaitStandstill();
        // longer than the idle timeout: a client that does not read is not a provider that is
        // silent
        Thread.sleep(5000);
        var held = written.get();
        assertThat(Memory.used() - before).as("bytes on heap and off").isLessThan(MOST_GROWTH);
        assertThat(held / CLIENTS).as("bytes taken from each provider").isLessThan(16L << 20);
        // the first reads on, and its provider writes on
        readOn(clients.getFirst(), 32 << 20);
        assertThat(written.get()).isGreaterThan(held);
        assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
      } finally {
        for (var client : clients) {
          client.close();
        }
      }
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> writing.get() == 0);
      assertThat(gateway.metrics().body()).contains("gateway_in_flight_requests 0.0");
      assertThat(Memory.used() - before).as("bytes left behind").isLessThan(MOST_LEFT);
    }
  }

  private void endless(Socket socket) throws IOException {
    socket.setSendBufferSize(16 << 10);
    FakeUpstream.write(socket, FakeUpstream.streamHead());
    var bytes = EVENT.getBytes(UTF_8);
    writing.incrementAndGet();
    try {
      while (true) {
        socket.getOutputStream().write(bytes);
        written.addAndGet(bytes.length);
      }
    } finally {
      writing.decrementAndGet();
    }
  }

  private void awaitStandstill() {
    var last = new AtomicLong(-1);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(400))
        .atMost(Duration.ofSeconds(60))
        .until(() -> last.getAndSet(written.get()) == written.get());
  }

  private static Socket client(RunningGateway gateway) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(8 << 10);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
    var body = stream("fake/m");
    socket
        .getOutputStream()
        .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                + gateway.key() + "\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body)
            .getBytes(UTF_8));
    return socket;
  }

  private static void readOn(Socket client, int bytes) throws IOException {
    var in = client.getInputStream();
    var left = bytes;
    var buffer = new byte[64 << 10];
    while (left > 0) {
      var read = in.read(buffer);
      assertThat(read).isPositive();
      left -= read;
    }
  }
}
