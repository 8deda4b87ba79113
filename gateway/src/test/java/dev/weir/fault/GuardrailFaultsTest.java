package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.guardrail.Detectors;
import dev.weir.it.AdminClient;
import dev.weir.it.RunningGateway;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and patterns that mean harm, at the whole gateway with the shipped detectors: rows C31, C41, C42. */
class GuardrailFaultsTest {
  private static FakeUpstream upstream;
  private static RunningGateway gateway;
  private static AdminClient owner;

  @BeforeAll
  static void start() throws IOException {
    upstream = new FakeUpstream();
    upstream.answers(
        FakeUpstream.json(
            200,
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}"));
    gateway = new RunningGateway(
        List.of(new RemoteProvider("fake", upstream.url(), "", List.of("m"))),
        RunningGateway.QUICK,
        Detectors.builtIn());
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static final List<String> NAUGHTY = List.of(
      "",
      "null",
      "NaN",
      "1e999",
      "-9223372036854775809",
      "' OR 1=1 --",
      "<script>alert(1)</script>",
      "$(touch /tmp/x) `id` ${7*7} {{7*7}} %s%n%x",
      "../../../etc/passwd\u0000.png",
      "\ufeff\u200b\u200e\u202e\u2066gnirts\u2069",
      "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324a\u035b\u0346lgo",
      "👩‍👩‍👧‍👦🏳️‍🌈\ud83d",
      "\udc00\ud800",
      "ﷺﷺﷺ ﷽ 표 ЁЂЃ ١٢٣ 田中さん",
      "\u0000\u0001\u001b[31m\u007f\u0085\u2028\u2029",
      "[EMAIL_1] [CARD_1] [[SECRET_1]",
      "[".repeat(5000),
      "\\".repeat(999),
      "data: [DONE]\n\nevent: error\r\n\r\n",
      "a".repeat(100_000));

  /** C31: whatever stands in a text field, an answer is 200 or says what is wrong, and nothing breaks. */
  @Test
  void c31_naughty_strings_in_every_text_field_do_no_harm() {
    for (var text : NAUGHTY) {
      var json = new String(JsonWriter.string(text), StandardCharsets.UTF_8);
      var escaped = new String(JsonWriter.string("{\"a\":" + json + "}"), StandardCharsets.UTF_8);
      for (var body : List.of(
          "\"messages\":[{\"role\":\"system\",\"content\":%s},{\"role\":\"user\",\"name\":%<s,\"content\":[{\"type\":\"text\",\"text\":%<s}]}]",
          "\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":%s,\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
              + escaped.replace("%", "%%")
              + "}}]},{\"role\":\"tool\",\"tool_call_id\":%<s,\"content\":%<s}]",
          "\"user\":%s,\"metadata\":{\"k\":%<s},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":%<s,\"parameters\":{\"type\":\"object\",\"description\":%<s}}}],\"messages\":[{\"role\":\"user\",\"content\":%<s}]",
          "\"stop\":[%s],\"messages\":[{\"role\":\"user\",\"content\":%<s},{\"role\":\"user\",\"content\":%<s}]")) {
        var response =
            send(gateway.key(), "{\"model\":\"fake/m\"," + body.formatted(json) + "}", "privacy");
        assertThat(response.statusCode()).as(json + response.body()).isIn(200, 400, 403);
      }
    }
  }

  /** C41: a tenant's worst patterns on a megabyte cost that tenant its budget, and another one nothing to speak of. */
  @Test
  void c41_a_catastrophic_pattern_does_not_hold_up_another_tenant() {
    var bad = key(
        "[{\"guardrail\":\"pattern\",\"action\":\"block\",\"config\":{\"patterns\":[\"(?:a+)+b\",\"(?:(?:a|aa)+)+c\",\"(?:a?){200}d\",\"(?:.*a){20}e\"]}}]");
    var megabyte = "{\"model\":\"fake/m\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + "a".repeat(1 << 20) + "\"}]}";
    var harmless = key("[{\"guardrail\":\"pii.email\",\"action\":\"redact\"}]");
    assertThat(send(harmless, RunningGateway.chat("fake/m"), "").statusCode()).isEqualTo(200);
    var attack = IntStream.range(0, 4)
        .mapToObj(_ -> CompletableFuture.supplyAsync(
            () -> {
              var start = System.nanoTime();
              assertThat(send(bad, megabyte, "").statusCode()).isIn(200, 400, 503);
              return Duration.ofNanos(System.nanoTime() - start);
            },
            task -> Thread.ofVirtual().start(task)))
        .toList();
    var took = new long[60];
    for (int i = 0; i < took.length; i++) {
      var start = System.nanoTime();
      assertThat(send(harmless, RunningGateway.chat("fake/m"), "").statusCode()).isEqualTo(200);
      took[i] = System.nanoTime() - start;
    }
    Arrays.sort(took);
    assertThat(Duration.ofNanos(took[53])).isLessThan(Duration.ofMillis(900));
    attack.forEach(each -> assertThat(each.join()).isLessThan(Duration.ofSeconds(15)));
  }

  /** C42: what is disguised in a request is found all the same, in tools' arguments too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jo\u200bhn@exa\u00admple.com",
        "ｊｏｈｎ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "john%40example.com",
        "am9obkBleGFtcGxlLmNvbQ==",
        "john&#64;example.com",
        "john\\u0040example.com",
        "4111 1\u200b111 1111 1111",
        "４１１１ １１１１ １１１１ １１１１",
        "٤١١١ ١١١١ ١١١١ ١١١١"
      })
  void c42_disguises_are_found(String disguised) {
    var text =
        new String(JsonWriter.string("this is it: " + disguised + " ok"), StandardCharsets.UTF_8);
    var inner = new String(JsonWriter.string("{\"to\":" + text + "}"), StandardCharsets.UTF_8);
    for (var body : List.of(
        "\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]",
        "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
            + inner + "}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"x\"}]")) {
      var response = send(gateway.key(), "{\"model\":\"fake/m\"," + body + "}", "strict");
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(upstream.last().text()).containsPattern("this is it: \\[(EMAIL|CARD)_1\\] ok");
    }
  }

  @Test
  void c42_what_is_split_over_messages_is_found() {
    var body =
        "{\"model\":\"fake/m\",\"messages\":[{\"role\":\"user\",\"content\":\"my card is 4111 1111\"},{\"role\":\"user\",\"content\":\"1111 1111 thanks\"}]}";
    assertThat(send(gateway.key(), body, "strict").statusCode()).isEqualTo(200);
    assertThat(upstream.last().text()).doesNotContain("4111 1111").doesNotContain("1111 1111");
  }

  private static String key(String rules) {
    var tenant = owner.make("/tenants", "{\"name\":\"faults-" + rules.length() + "\"}");
    var profile = owner.make(
        "/guardrail-profiles",
        "{\"tenant_id\":\"" + tenant + "\",\"name\":\"p\",\"rules\":" + rules + "}");
    var key = owner.post(
        "/api-keys",
        "{\"tenant_id\":\"" + tenant + "\",\"name\":\"k\",\"guardrail_profile_id\":\"" + profile
            + "\"}");
    return key.json().path("key").asString();
  }

  private static HttpResponse<String> send(String key, String body, String profile) {
    var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!profile.isEmpty()) {
      request.header("x-weir-guardrail-profile", profile);
    }
    for (int i = 0; i < 200; i++) {
      var response = gateway.send(request.build());
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
