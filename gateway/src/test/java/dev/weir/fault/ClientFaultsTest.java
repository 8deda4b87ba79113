package dev.weir.fault;

import static dev.weir.it.RunningGateway.chat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFaultsTest {
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final String BODY = chat("fake/m");

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    upstream.answers(FakeUpstream.json(200, COMPLETION));
    gateway = new RunningGateway(
        List.of(new RemoteProvider("fake", upstream.url(), "", List.of())), RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  static List<String> ambiguous() {
    var length = "content-length: " + BODY.length() + "\r\n";
    var chunked = "transfer-encoding: chunked\r\n";
    var list = new ArrayList<String>();
    list.add(post(length + chunked));
    list.add(post(chunked + length));
    list.add(post(chunked + chunked));
    list.add(post("transfer-encoding: xchunked\r\n"));
    list.add(post("transfer-encoding: chunked, identity\r\n"));
    list.add(post(length + "content-length: 1\r\n"));
    list.add(post("content-length: +" + BODY.length() + "\r\n"));
    list.add(post("content-length: 0x10\r\n"));
    list.add(post("content-length: -1\r\n"));
    list.add(post("content-length : " + BODY.length() + "\r\n"));
    list.add(post(length + "x-nul: a\0b\r\n"));
    list.add(post(length).replace("host: x\r\n", ""));
    list.add(post(length + "host: y\r\n"));
    list.add(post(length).replace("host: x", "host: a b"));
    list.add(post(length).replace("\r\n", "\n"));
    list.add(post(length).replace("HTTP/1.1", "HTTP/1.0"));
    list.add(post(length).replace("POST", "PO ST"));
    return list;
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void c10_c12_c13_framing_that_can_be_read_in_two_ways_is_refused(String request)
      throws IOException {
    var seen = upstream.ledger().size();
    var answer = exchange(request);
    assertThat(answer).containsPattern("^HTTP/1\\.[01] 400");
    assertThat(answer)
        .containsIgnoringCase("connection: close")
        .containsIgnoringCase("x-request-id");
    assertThat(upstream.ledger()).hasSize(seen);
  }

  @Test
  void c12_a_folded_header_is_one_line_with_a_space() throws IOException {
    // RFC 9112 §5.2 lets a server read it so; nothing of a client's head goes upstream
    assertThat(
            exchange(
                "GET /livez HTTP/1.1\r\nhost: x\r\nx-request-id: ab\r\n cd\r\nconnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("ab cd");
  }

  @Test
  void c15_pipelined_requests_are_answered_in_order() throws IOException {
    var get =
        "GET /v1/models/%s HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + gateway.key() + "\r\n";
    var answer = exchange(
        get.formatted("first") + "\r\n" + get.formatted("second") + "connection: close\r\n\r\n");
    assertThat(answer.indexOf("'first'")).isPositive().isLessThan(answer.indexOf("'second'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "DELETE", "BREW", "OPTIONS"})
  void c16_other_methods_are_not_allowed(String method) throws IOException {
    var answer =
        exchange(method + " /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: POST");
  }

  @Test
  void c07_continue_is_said_only_once_the_key_is_known() throws IOException {
    var stranger =
        exchange("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n"
            + "content-type: application/json\r\ncontent-length: 10000000\r\n\r\n");
    assertThat(stranger).startsWith("HTTP/1.1 401");
    var known = exchange(post(
        "expect: 100-continue\r\nconnection: close\r\ncontent-length: " + BODY.length() + "\r\n"));
    assertThat(known).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
  }

  @Test
  void c08_a_compressed_body_is_refused() throws IOException {
    assertThat(exchange(post("connection: close\r\ncontent-encoding: gzip\r\ncontent-length: "
            + BODY.length() + "\r\n")))
        .startsWith("HTTP/1.1 415");
  }

  @Test
  void c09_heads_have_limits() throws IOException {
    assertThat(exchange("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nhost: x\r\n\r\n"))
        .containsPattern("^HTTP/1\\.[01] 414");
    assertThat(
            exchange("GET /livez HTTP/1.1\r\nhost: x\r\nx-big: " + "a".repeat(60_000) + "\r\n\r\n"))
        .containsPattern("^HTTP/1\\.[01] 431");
  }

  @Test
  void c09_a_thousand_headers_are_read_while_they_are_small_and_refused_when_not()
      throws IOException {
    assertThat(exchange("GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
            + "a: b\r\n".repeat(1000) + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(exchange("GET /livez HTTP/1.1\r\nhost: x\r\n"
            + "a-header: of-forty-bytes-in-all-x-x-x-x\r\n".repeat(1000) + "\r\n"))
        .containsPattern("^HTTP/1\\.[01] 431");
  }

  @Test
  void c16_head_is_answered_without_a_body_and_connect_opens_nothing() throws IOException {
    var rest = " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assertThat(exchange("HEAD /livez" + rest))
        .containsPattern("^HTTP/1\\.1 (200|405)")
        .endsWith("\r\n\r\n");
    assertThat(exchange("CONNECT localhost:22" + rest)).containsPattern("^HTTP/1\\.1 4\\d\\d");
  }

  @Test
  void c06_a_large_body_is_refused_before_it_is_read() throws IOException {
    var answer = exchange(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + gateway.key()
            + "\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n{");
    assertThat(answer).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"fake/m\",\"model\":\"b\",\"messages\":[]}",
        "{\"model\":\"fake/m\",\"messages\":[{\"role\":\"user\",\"content\":NaN}]}",
        "{} {}",
        "{/**/}",
        "",
        "\uFEFF{}"
      })
  void c17_c22_json_that_others_let_pass_is_refused(String body) {
    var answer = gateway.post("/v1/chat/completions", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_json");
  }

  @Test
  void c28_credentials_that_are_wrong_in_any_way_get_the_same_bytes() throws IOException {
    var good = "authorization: Bearer " + gateway.key() + "\r\n";
    var wrong = List.of(
        "",
        "authorization: Bearer x\r\n",
        "authorization: Basic abc\r\n",
        "authorization: Bearer " + "k".repeat(10_000) + "\r\n",
        "authorization: Bearer ' OR 1=1 --\r\n",
        good + "x-api-key: other\r\n",
        "x-api-key: \u00e9\r\n",
        "authorization: Bearer " + gateway.key() + "x\r\n");
    var bodies = new ArrayList<String>();
    for (var headers : wrong) {
      var answer = exchange(
          "GET /v1/models HTTP/1.1\r\nhost: x\r\nconnection: close\r\n" + headers + "\r\n");
      assertThat(answer).startsWith("HTTP/1.1 401");
      bodies.add(answer.substring(answer.indexOf("\r\n\r\n")));
    }
    assertThat(bodies).allMatch(bodies.getFirst()::equals);
    assertThat(exchange("GET /v1/models HTTP/1.1\r\nhost: x\r\nconnection: close\r\napi-key: "
            + gateway.key() + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void c26_fields_of_vendors_pass_unchanged() {
    var odd =
        "{ \"zz\" : [1e400, -0.0, 1.10, {\"__proto__\":null}],\n \"model\":\"fake/m\",\"messages\":[{\"role\":\"user\","
            + "\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\\u0000\"}}],\"x\":\"\\ud83d\\ude00\"}], \"tools\":[] }";
    assertThat(gateway.post("/v1/chat/completions", odd).statusCode()).isEqualTo(200);
    assertThat(upstream.last().text()).isEqualTo(odd.replace("\"fake/m\"", "\"m\""));
  }

  private static String post(String headers) {
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + gateway.key()
        + "\r\ncontent-type: application/json\r\n" + headers + "\r\n" + BODY;
  }

  private static String exchange(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      var answer = new StringBuilder();
      var in = socket.getInputStream();
      try {
        for (var next = in.read(); next >= 0; next = in.read()) {
          answer.append((char) next);
        }
      } catch (SocketException _) {
        // a reset after the answer is as good as an end
      }
      return answer.toString();
    }
  }
}
