package dev.weir.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private static final String THREE = "HTTP/1.1 200 OK\r\ncontent-Length: 5\r\n\r\nhello"
      + "HTTP/1.1 204 No Content\r\n\r\n"
      + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";

  @Test
  void cuts_messages_wherever_the_network_cut_them() throws ProtocolException {
    var bytes = THREE.getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= bytes.length; cut++) {
      var seen = new Seen();
      var reader = new MessageReader(seen);
      reader.feed(bytes, 0, cut);
      reader.feed(bytes, cut, bytes.length);
      assertThat(seen.bodies).as("cut at " + cut).containsExactly("hello", "", "abc0123456789");
      assertThat(reader.betweenMessages()).isTrue();
    }
  }

  @Test
  void a_length_that_is_no_number_is_refused() {
    var bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> new MessageReader(new Seen()).feed(bytes, 0, bytes.length))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void a_send_time_survives_any_cut() {
    var frame = ("data: {\"a\":\"" + "x".repeat(SendTime.LENGTH) + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
    SendTime.write(frame, 12, 1_234_567_890_123L);
    for (int cut = 0; cut <= frame.length; cut++) {
      var found = new ArrayList<Long>();
      var scanner = new SendTime();
      scanner.scan(frame, 0, cut, found::add);
      scanner.scan(frame, cut, frame.length, found::add);
      assertThat(found).containsExactly(1_234_567_890_123L);
    }
  }

  private static final class Seen implements MessageReader.Sink {
    final List<String> bodies = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    @Override
    public void head(byte[] head, int length) {
      assertThat(new String(head, 0, length, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 20")
          .endsWith("\r\n\r\n");
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
      body.append(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    @Override
    public void end() {
      bodies.add(body.toString());
      body.setLength(0);
    }
  }
}
