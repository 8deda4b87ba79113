package dev.weir.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.weir.it.RunningGateway;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * C05: very many connections that were used once and then do nothing. Both ends are in this process, so a limit of 20,000
 * file descriptors allows 9,000 of them; with 22,000 and more it is 10,000.
 */
@Tag("slow")
class IdleConnectionsTest {
  private static final int WANTED = 10_000;
  private static final int SPARE = 1_500;
  private static final int MOST_BYTES_EACH = 24 << 10;

  @Test
  void c05_idle_connections_cost_little_and_hinder_nobody() throws Exception {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    var count = (int) Math.min(WANTED, (free - SPARE) / 2);
    assertThat(count).as("connections that ulimit -n allows").isGreaterThan(1_000);
    try (var gateway = new RunningGateway(List.of(), RunningGateway.QUICK)) {
      assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
      var idle = new ArrayList<SocketChannel>(count);
      try {
        // so that what the first connections load is not counted with the idle ones
        for (var i = 0; i < 200; i++) {
          idle.add(used(gateway));
        }
        var before = Memory.used();
        for (var i = 200; i < count; i++) {
          idle.add(used(gateway));
        }
        var each = (Memory.used() - before) / (count - 200);
        assertThat(each).as("bytes an idle connection").isLessThan(MOST_BYTES_EACH);
        var began = System.nanoTime();
        for (var i = 0; i < 100; i++) {
          assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        // they are idle, not dead
        assertThat(answered(idle.getFirst())).startsWith("HTTP/1.1 200");
        assertThat(answered(idle.getLast())).startsWith("HTTP/1.1 200");
      } finally {
        for (var channel : idle) {
          channel.close();
        }
      }
    }
  }

  private static SocketChannel used(RunningGateway gateway) throws IOException {
    var channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
    assertThat(answered(channel)).startsWith("HTTP/1.1 200");
    return channel;
  }

  private static String answered(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap("GET /livez HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(UTF_8)));
    var answer = ByteBuffer.allocate(1024);
    channel.read(answer);
    return new String(answer.array(), 0, answer.position(), UTF_8);
  }
}
