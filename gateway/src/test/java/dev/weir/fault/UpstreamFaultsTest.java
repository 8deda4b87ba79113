package dev.weir.fault;

import static dev.weir.fake.FakeUpstream.json;
import static dev.weir.fake.FakeUpstream.streamHead;
import static dev.weir.fake.FakeUpstream.whole;
import static dev.weir.fake.FakeUpstream.write;
import static dev.weir.it.RunningGateway.chat;
import static dev.weir.it.RunningGateway.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamFaultsTest {
  private static final String CHUNK =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hé\"},\"finish_reason\":null}]}\n\n";
  private static final String STOP =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  /** One of its own for each test: what a circuit remembers of one is nothing to the next. */
  private final String model = "fake/m" + COUNT.incrementAndGet();

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(
        List.of(
            new RemoteProvider("fake", upstream.url(), "sk-upstream-secret", List.of()),
            new RemoteProvider("gone", URI.create("http://127.0.0.1:1/v1"), "", List.of()),
            new RemoteProvider(
                "nowhere", URI.create("http://no-such-host.invalid/v1"), "", List.of())),
        RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @Test
  void u01_a_refused_connection_is_unavailable() {
    refused(gateway.post("/v1/chat/completions", chat("gone/m")), 502, "upstream_unavailable");
  }

  @Test
  void u03_a_name_that_does_not_resolve_is_unavailable() {
    refused(gateway.post("/v1/chat/completions", chat("nowhere/m")), 502, "upstream_unavailable");
  }

  @Test
  void u07_no_answer_at_all_is_a_timeout() {
    upstream.answers((_, _) -> Thread.sleep(3000));
    refused(gateway.post("/v1/chat/completions", stream(model)), 504, "upstream_timeout");
  }

  @Test
  void u08_headers_and_then_silence_is_a_timeout_with_a_true_status() {
    upstream.answers((_, socket) -> {
      write(socket, streamHead());
      Thread.sleep(3000);
    });
    refused(gateway.post("/v1/chat/completions", stream(model)), 504, "upstream_timeout");
  }

  @Test
  void u09_silence_in_mid_stream_ends_with_an_error_event() {
    upstream.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK);
      Thread.sleep(3000);
    });
    broken(gateway.post("/v1/chat/completions", stream(model)), "upstream_timeout");
  }

  @Test
  void u10_one_byte_at_a_time_arrives_whole() {
    upstream.answers((_, socket) -> {
      var out = socket.getOutputStream();
      for (var b : (streamHead() + CHUNK + STOP + DONE).getBytes(UTF_8)) {
        out.write(b);
        out.flush();
      }
      socket.close();
    });
    assertThat(gateway.post("/v1/chat/completions", stream(model)).body())
        .isEqualTo(CHUNK + STOP + DONE);
  }

  @Test
  void u11_endless_comments_do_not_count_as_life() {
    upstream.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK);
      for (var i = 0; i < 200; i++) {
        write(socket, ": ping\n\n");
        Thread.sleep(20);
      }
    });
    broken(gateway.post("/v1/chat/completions", stream(model)), "upstream_timeout");
  }

  @Test
  void u12_a_reset_before_the_headers_is_unavailable() {
    upstream.answers((_, socket) -> {
      socket.setSoLinger(true, 0);
      socket.close();
    });
    refused(gateway.post("/v1/chat/completions", chat(model)), 502, "upstream_unavailable");
  }

  @Test
  void u13_u15_a_body_that_breaks_off_is_not_passed_on() {
    upstream.answers((_, socket) -> {
      write(
          socket,
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"id\"");
      socket.close();
    });
    refused(gateway.post("/v1/chat/completions", chat(model)), 502, "upstream_invalid_response");
    upstream.answers(json(200, "{\"id\":\"x\",\"choices\":[{"));
    refused(gateway.post("/v1/chat/completions", chat(model)), 502, "upstream_invalid_response");
  }

  @Test
  void u14_a_stream_that_simply_ends_is_an_error() {
    upstream.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK + STOP);
      socket.close();
    });
    broken(gateway.post("/v1/chat/completions", stream(model)), "upstream_invalid_response");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not json", "{\"error\":{\"message\":\"sk-leak\"}}", "[]", "{\"choices\":[]}"})
  void u17_u19_u20_what_was_not_agreed_is_refused(String body) {
    upstream.answers(json(200, body));
    refused(gateway.post("/v1/chat/completions", chat(model)), 502, "upstream_invalid_response");
  }

  @Test
  void u18_a_page_of_html_is_refused() {
    upstream.answers(whole(200, "text/html", "<html>hello</html>"));
    refused(gateway.post("/v1/chat/completions", chat(model)), 502, "upstream_invalid_response");
    refused(gateway.post("/v1/chat/completions", stream(model)), 502, "upstream_invalid_response");
  }

  @ParameterizedTest
  @CsvSource({
    "400,400,upstream_invalid_request",
    "404,404,upstream_invalid_request",
    "422,422,upstream_invalid_request",
    "401,502,upstream_auth_error",
    "403,502,upstream_auth_error",
    "500,502,upstream_unavailable",
    "503,502,upstream_unavailable",
    "302,502,upstream_invalid_response"
  })
  void u22_u23_u26_u42_a_status_becomes_the_one_agreed(int theirs, int ours, String code) {
    upstream.answers(json(
        theirs,
        "{\"error\":{\"message\":\"key sk-upstream-secret at host-7\"}}",
        "location: http://127.0.0.1:1/"));
    var answer = gateway.post("/v1/chat/completions", chat(model));
    refused(answer, ours, code);
  }

  @ParameterizedTest
  @CsvSource({"7,7", "nonsense,1", "86400,60", "-5,1"})
  void u24_retry_after_is_read_and_bounded(String theirs, String ours) {
    upstream.answers(json(429, "{}", "retry-after: " + theirs));
    var answer = gateway.post("/v1/chat/completions", chat(model));
    refused(answer, 429, "upstream_rate_limited");
    assertThat(answer.headers().firstValue("retry-after")).contains(ours);
  }

  @Test
  void u37_usage_is_asked_for_upstream_and_taken_out_for_the_client() {
    upstream.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK + STOP + USAGE + DONE);
      socket.close();
    });
    var answer = gateway.post("/v1/chat/completions", stream(model));
    assertThat(answer.body()).isEqualTo(CHUNK + STOP + DONE);
    assertThat(upstream.last().text())
        .contains("\"include_usage\":true")
        .contains("\"model\":\"" + model.substring(5) + "\"");
  }

  @Test
  void u44_no_header_of_the_upstream_reaches_the_client_unless_it_is_known() {
    upstream.answers(json(200, COMPLETION, "set-cookie: a=b", "server: secret", "x-api-key: k"));
    var answer = gateway.post("/v1/chat/completions", chat(model));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server", "x-api-key");
    assertThat(answer.body()).isEqualTo(COMPLETION);
  }

  @Test
  void c01_a_client_that_leaves_has_its_upstream_cancelled_within_a_second() throws Exception {
    upstream.answers((_, socket) -> {
      write(socket, streamHead() + CHUNK);
      socket.setSoTimeout(5000);
      // the end of the gateway's side arrives here
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      throw new IOException("gone");
    });
    var before = System.nanoTime();
    try (var client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      send(client, stream(model));
      assertThat(client.getInputStream().readNBytes(20)).hasSize(20);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> upstream.lastBroken() - before > 0 && upstream.lastBroken() != 0);
  }

  @Test
  void c01_a_client_that_leaves_before_the_first_event_cancels_too() throws Exception {
    upstream.answers((_, socket) -> {
      socket.setSoTimeout(5000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      throw new IOException("gone");
    });
    var before = System.nanoTime();
    try (var client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      var seen = upstream.ledger().size();
      send(client, stream(model));
      Awaitility.await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> upstream.ledger().size() > seen);
    }
    Awaitility.await()
        .atMost(Duration.ofMillis(600))
        .until(() -> upstream.lastBroken() - before > 0 && upstream.lastBroken() != 0);
  }

  private static void send(Socket client, String body) throws IOException {
    write(
        client,
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
            + gateway.key() + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length() + "\r\n\r\n" + body);
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.body())
        .doesNotContain("sk-")
        .doesNotContain("127.0.0.1")
        .doesNotContain("host-7");
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
  }

  private static void broken(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(CHUNK)
        .contains("\"code\":\"" + code + "\"")
        .doesNotContain("[DONE]");
  }
}
