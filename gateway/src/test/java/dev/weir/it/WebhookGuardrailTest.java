package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's own service as a guardrail: it is asked beside the checks in the process, and may fail in every way. */
class WebhookGuardrailTest {
  private static final String CHAT =
      "{\"model\":\"fake/m\",\"messages\":[{\"role\":\"user\",\"content\":\"tell me\"}]%s}";
  private static FakeUpstream upstream;
  private static FakeUpstream service;
  private static RunningGateway gateway;
  private static AdminClient owner;
  private static int made;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    service = new FakeUpstream();
    gateway = RunningGateway.reaching(
        List.of(new RemoteProvider("fake", upstream.url(), "", List.of("m"))), Reach.ANYWHERE);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    service.close();
    upstream.close();
  }

  @Test
  void what_the_service_finds_clean_goes_on_as_the_clients_own_bytes() {
    service.answers(says("{\"score\":0.1}"));
    upstream.answers(whole("fine"));
    var response = send(key("\"action\":\"block\",\"directions\":[\"input\"]"), CHAT.formatted(""));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(upstream.last().text()).contains("tell me");
    assertThat(service.last().text())
        .isEqualTo(
            "{\"direction\":\"input\",\"texts\":[{\"text\":\"tell me\",\"role\":\"user\"}]}");
    assertThat(service.last().head()).contains("x-own: secret");
  }

  @Test
  void what_the_service_is_sure_of_is_blocked_or_redacted_as_the_rule_says() {
    service.answers(says("{\"score\":0.9}"));
    var blocked = send(key("\"action\":\"block\",\"directions\":[\"input\"]"), CHAT.formatted(""));
    assertThat(blocked.statusCode()).isEqualTo(400);
    assertThat(blocked.body()).contains("content_policy_violation").contains("webhook");
    service.answers(says("{\"score\":0.9,\"findings\":[{\"start\":5,\"end\":7}]}"));
    upstream.answers(whole("fine"));
    var redacted =
        send(key("\"action\":\"redact\",\"directions\":[\"input\"]"), CHAT.formatted(""));
    assertThat(redacted.statusCode()).isEqualTo(200);
    assertThat(upstream.last().text()).contains("tell [WEBHOOK_1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"stream\":true"})
  void an_answer_is_redacted_or_blocked_whole_or_streamed(String stream) {
    answer(stream, "say nothing of it");
    service.answers(says("{\"score\":0.9,\"findings\":[{\"start\":4,\"end\":11}]}"));
    var output = "\"directions\":[\"output\"],\"action\":";
    assertThat(content(send(key(output + "\"redact\""), CHAT.formatted(stream)).body()))
        .isEqualTo("say [WEBHOOK_1] of it");
    assertThat(service.last().text())
        .isEqualTo(
            "{\"direction\":\"output\",\"texts\":[{\"text\":\"say nothing of it\",\"role\":\"assistant\"}]}");
    var blocked = send(key(output + "\"block\""), CHAT.formatted(stream)).body();
    assertThat(blocked)
        .doesNotContain("nothing")
        .contains(stream.isEmpty() ? "content_policy_violation" : "content_filter");
    if (!stream.isEmpty()) {
      assertThat(blocked).endsWith("data: [DONE]\n\n");
    }
    var flagged = send(key(output + "\"flag\""), CHAT.formatted(stream)).body();
    assertThat(content(flagged)).isEqualTo("say nothing of it");
  }

  /** However the service fails: an open rule lets the text go on, a closed one does not, and neither takes long. */
  @ParameterizedTest
  @CsvSource({
    "slow, open, 200",
    "slow, closed, 503",
    "garbage, open, 200",
    "garbage, closed, 503",
    "error, closed, 503",
    "cut, closed, 503",
    "down, open, 200",
    "down, closed, 503"
  })
  void a_service_that_fails_is_told_by_the_rule(String how, String onError, int status) {
    service.answers(failing(how));
    upstream.answers(whole("fine"));
    var url = how.equals("down") ? "http://127.0.0.1:1/" : service.url().toString();
    var rule = "\"action\":\"block\",\"timeout_ms\":200,\"on_error\":\"" + onError + "\"";
    var start = System.nanoTime();
    var response = send(keyAt(url, rule), CHAT.formatted(""));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(gateway.metrics().body())
        .contains("gateway_guardrail_decisions_total{action=\"error\",guardrail=\"webhook\"}");
    if (status == 503) {
      assertThat(response.headers().firstValue("retry-after")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"slow, open", "slow, closed", "garbage, closed"})
  void a_stream_whose_service_fails_goes_on_or_ends_without_the_text(String how, String onError) {
    answer(",\"stream\":true", "the held text");
    service.answers(failing(how));
    var rule = "\"action\":\"block\",\"directions\":[\"output\"],\"timeout_ms\":200,\"on_error\":\""
        + onError + "\"";
    var body = send(key(rule), CHAT.formatted(",\"stream\":true")).body();
    assertThat(body.contains("the held text")).isEqualTo(onError.equals("open"));
    assertThat(body).contains("[DONE]");
  }

  @Test
  void a_slow_service_does_not_hold_up_other_streams() {
    answer(",\"stream\":true", "hello");
    service.answers(failing("slow"));
    var slow = key("\"action\":\"block\",\"directions\":[\"output\"],\"on_error\":\"open\"");
    var streams = java.util.stream.IntStream.range(0, 8)
        .mapToObj(_ -> java.util.concurrent.CompletableFuture.supplyAsync(
            () -> send(slow, CHAT.formatted(",\"stream\":true")).body(),
            task -> Thread.ofVirtual().start(task)))
        .toList();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> service.ledger().size() > 0);
    var took = new long[21];
    for (int i = 0; i < took.length; i++) {
      var start = System.nanoTime();
      assertThat(gateway
              .post("/v1/chat/completions", CHAT.formatted(",\"stream\":true"))
              .body())
          .contains("hello");
      took[i] = System.nanoTime() - start;
    }
    java.util.Arrays.sort(took);
    assertThat(Duration.ofNanos(took[10])).isLessThan(Duration.ofMillis(500));
    streams.forEach(stream -> assertThat(stream.join()).contains("[DONE]"));
  }

  @Test
  void a_service_that_fails_again_and_again_is_not_asked_for_a_while() {
    service.answers(failing("error"));
    upstream.answers(whole("fine"));
    var key = key("\"action\":\"block\",\"on_error\":\"open\",\"directions\":[\"input\"]");
    var before = service.ledger().size();
    for (int i = 0; i < 12; i++) {
      assertThat(send(key, CHAT.formatted("")).statusCode()).isEqualTo(200);
    }
    assertThat(service.ledger().size() - before).isEqualTo(5);
  }

  /** C32 for webhooks: an address that may not be called is refused at once, and a name that leads there at the connect. */
  @Test
  void c32_no_form_of_a_private_address_is_called() throws IOException {
    try (var strict = RunningGateway.reaching(List.of(), Reach.PUBLIC)) {
      var admin = new AdminClient(strict.adminUrl(), strict.adminToken());
      var tenant = admin.make("/tenants", "{\"name\":\"ssrf\"}");
      var before = service.connections();
      for (var host : List.of(
          "127.0.0.1",
          "127.1",
          "0x7f000001",
          "2130706433",
          "0177.0.0.1",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "localhost",
          "a.localhost",
          "169.254.169.254",
          "10.0.0.1",
          "[fd00::1]",
          "metadata.google.internal",
          "0.0.0.0",
          "printer")) {
        var url = "https://" + host + ":" + service.port() + "/";
        var answer =
            admin.post("/guardrail-profiles", profile(tenant, url, "\"action\":\"block\""));
        assertThat(answer.status()).as(url).isEqualTo(400);
        assertThat(answer.text()).as(url).contains("rules[0].config.url");
      }
      assertThat(service.connections()).isEqualTo(before);
    }
  }

  private static FakeUpstream.Behaviour failing(String how) {
    return (_, socket) -> {
      switch (how) {
        case "slow" -> Thread.sleep(1500);
        case "cut" -> FakeUpstream.write(socket, "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{");
        case "error" -> FakeUpstream.write(socket, FakeUpstream.json(500, "{}"));
        default -> FakeUpstream.write(socket, FakeUpstream.json(200, "<html>"));
      }
      if (how.equals("cut")) {
        socket.close();
      }
    };
  }

  private static String says(String result) {
    return FakeUpstream.json(200, "{\"results\":[" + result + "]}");
  }

  private static String whole(String content) {
    return FakeUpstream.json(
        200,
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + content
            + "\"},\"finish_reason\":\"stop\"}]}");
  }

  private static void answer(String stream, String content) {
    if (stream.isEmpty()) {
      upstream.answers(whole(content));
      return;
    }
    upstream.answers((_, socket) -> {
      FakeUpstream.write(socket, FakeUpstream.streamHead());
      for (var word : content.split("(?= )", -1)) {
        FakeUpstream.write(
            socket,
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word + "\"}}]}\n\n");
      }
      FakeUpstream.write(
          socket,
          "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
      socket.shutdownOutput();
    });
  }

  /** What a client reads of an answer, whole or streamed. */
  private static String content(String body) {
    var content = new StringBuilder();
    var matcher = java.util.regex.Pattern.compile("\"content\":\"([^\"]*)\"").matcher(body);
    while (matcher.find()) {
      content.append(matcher.group(1));
    }
    return content.toString();
  }

  private static String key(String rule) {
    return keyAt(service.url().toString(), rule);
  }

  /** A key of a new tenant whose only rule is a webhook at this place. */
  private static String keyAt(String url, String rule) {
    var tenant = owner.make("/tenants", "{\"name\":\"hooks-" + made++ + "\"}");
    var profile = owner.make("/guardrail-profiles", profile(tenant, url, rule));
    var key = owner.post(
        "/api-keys",
        "{\"tenant_id\":\"" + tenant + "\",\"name\":\"k\",\"guardrail_profile_id\":\"" + profile
            + "\"}");
    return key.json().path("key").asString();
  }

  private static String profile(String tenant, String url, String rule) {
    return "{\"tenant_id\":\"" + tenant
        + "\",\"name\":\"hook\",\"rules\":[{\"guardrail\":\"webhook\"," + rule
        + ",\"config\":{\"url\":\"" + url + "\",\"headers\":{\"x-own\":\"secret\"}}}]}";
  }

  /** Sends until the key's profile has reached the data plane. */
  private static HttpResponse<String> send(String key, String body) {
    var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    for (int i = 0; i < 200; i++) {
      var response = gateway.send(request);
      if (!response.body().contains("not there yet") && response.statusCode() != 401) {
        return response;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }
    throw new IllegalStateException("the profile never came");
  }
}
