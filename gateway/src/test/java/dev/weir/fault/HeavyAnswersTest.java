package dev.weir.fault;

import static dev.weir.fake.FakeUpstream.write;
import static dev.weir.it.RunningGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** U30 and U32: answers that are too much to hold. */
class HeavyAnswersTest {
  private static final int HUNDRED_MB = 100_000_000;
  private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(new RemoteProvider("fake", upstream.url(), "", List.of())), RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static void refused(String model) {
    var answer = gateway.post("/v1/chat/completions", chat("fake/" + model));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream_invalid_response").hasSizeLessThan(1_000);
  }

  @Test
  void u30_a_hundred_megabytes_that_are_announced_are_not_read() {
    upstream.answers((_, socket) -> {
      write(socket, HEAD + "content-length: " + HUNDRED_MB + "\r\n\r\n{\"id\":\"");
      Thread.sleep(2_000);
    });
    refused("announced");
  }

  @Test
  void u30_a_hundred_megabytes_that_just_come_are_cut_off_and_leave_nothing() {
    upstream.answers((_, socket) -> {
      write(socket, HEAD + "connection: close\r\n\r\n{\"id\":\"");
      var piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (var i = 0; i < 100; i++) {
        socket.getOutputStream().write(piece);
      }
    });
    refused("first");
    var before = Memory.used();
    refused("second");
    assertThat(Memory.used() - before).isLessThan(16 << 20);
  }

  @Test
  void u32_a_gzip_bomb_is_refused_without_being_opened() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      var zeros = new byte[1 << 20];
      for (var i = 0; i < 100; i++) {
        gzip.write(zeros);
      }
    }
    upstream.answers((request, socket) -> {
      write(socket, HEAD + "content-encoding: gzip\r\ncontent-length: " + bomb.size() + "\r\n\r\n");
      socket.getOutputStream().write(bomb.toByteArray());
      socket.getOutputStream().flush();
    });
    refused("bomb");
    assertThat(upstream.last().head()).contains("accept-encoding: identity");
  }
}
