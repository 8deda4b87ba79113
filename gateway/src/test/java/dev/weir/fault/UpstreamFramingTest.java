package dev.weir.fault;

import static dev.weir.fake.FakeUpstream.json;
import static dev.weir.fake.FakeUpstream.write;
import static dev.weir.it.RunningGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import dev.weir.upstream.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** U02, U16, U39: upstreams that cannot be reached at all, and those whose HTTP can be read in two ways. */
class UpstreamFramingTest {
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final String SMUGGLED = COMPLETION.replace("ok", "SMUGGLED");

  private static FakeUpstream upstream;
  private static ServerSocket full;
  private static final List<SocketChannel> FILLING = new ArrayList<>();
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    gateway = new RunningGateway(
        List.of(
            new RemoteProvider("fake", upstream.url(), "", List.of()),
            new RemoteProvider(
                "hole",
                URI.create("http://127.0.0.1:" + full.getLocalPort() + "/v1"),
                "",
                List.of())),
        new Timeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30)));
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
    for (var channel : FILLING) {
      channel.close();
    }
    full.close();
  }

  @Test
  void u02_a_black_hole_is_given_up_after_the_connect_timeout() throws IOException {
    // nobody accepts: once the backlog is full, the kernel drops each further SYN
    for (var i = 0; i < 16; i++) {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
      FILLING.add(channel);
    }
    var began = System.nanoTime();
    var answer = post("hole/m");
    var took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream_unavailable");
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    assertThat(Timeouts.DEFAULT.connect()).isLessThanOrEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void u16_fewer_bytes_than_announced_are_no_answer() {
    upstream.answers((_, socket) -> {
      write(socket, announced(COMPLETION.length() + 5) + COMPLETION);
      socket.close();
    });
    refused(post("fake/m"), "upstream_invalid_response");
  }

  @Test
  void u16_a_length_that_cuts_the_document_is_no_answer() {
    upstream.answers((_, socket) -> {
      write(socket, announced(COMPLETION.length() - 5) + COMPLETION);
      socket.close();
    });
    refused(post("fake/m"), "upstream_invalid_response");
  }

  @Test
  void u16_what_comes_after_an_answer_is_never_the_next_one() {
    for (var i = 0; i < 20; i++) {
      upstream.answers((_, socket) -> write(socket, json(200, COMPLETION) + json(200, SMUGGLED)));
      assertThat(post("fake/m").body()).isEqualTo(COMPLETION);
    }
  }

  static List<String> ambiguous() {
    var length = "content-length: " + COMPLETION.length() + "\r\n";
    var chunks = Integer.toHexString(COMPLETION.length()) + "\r\n" + COMPLETION + "\r\n0\r\n\r\n";
    return List.of(
        head(length + "content-length: 2\r\n") + COMPLETION,
        head("content-length: " + COMPLETION.length() + ", 2\r\n") + COMPLETION,
        head("content-length: -1\r\n") + COMPLETION,
        head("content-length: 0x10\r\n") + COMPLETION,
        head(length + "transfer-encoding: chunked\r\n") + chunks,
        head("transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n") + chunks,
        head(length + "x-a: b\0c\r\n") + COMPLETION,
        head(length + "x-a: b\rset-cookie: c\r\n") + COMPLETION,
        head(length + "x-flood: a\r\n".repeat(20_000)) + COMPLETION,
        head(length + "x-flood: " + "a".repeat(200_000) + "\r\n") + COMPLETION);
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void u39_an_answer_that_can_be_read_in_two_ways_or_never_ends_is_refused(String answer) {
    upstream.answers((_, socket) -> {
      write(socket, answer);
      socket.close();
    });
    var got = post("fake/m");
    refused(got, "upstream_invalid_response");
    assertThat(got.headers().map().toString()).doesNotContain("x-flood").doesNotContain("x-a");
  }

  @Test
  void u39_a_line_end_in_a_value_makes_no_header_of_the_client() {
    upstream.answers((_, socket) -> write(
        socket,
        head("content-length: " + COMPLETION.length()
                + "\r\nx-request-id: a\r\nset-cookie: evil=1\r\nserver: b\r\n")
            + COMPLETION));
    var got = post("fake/one-header");
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().map()).doesNotContainKeys("set-cookie", "server");
    assertThat(got.headers().allValues("x-request-id")).hasSize(1).doesNotContain("a");
  }

  private static HttpResponse<String> post(String model) {
    return gateway.post("/v1/chat/completions", chat(model));
  }

  private static void refused(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(answer.body()).contains(code).doesNotContain("SMUGGLED");
  }

  private static String announced(int length) {
    return head("content-length: " + length + "\r\n");
  }

  private static String head(String headers) {
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" + headers + "\r\n";
  }
}
