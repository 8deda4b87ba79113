package dev.weir.it;

import static dev.weir.fake.FakeUpstream.json;
import static dev.weir.fake.FakeUpstream.write;
import static dev.weir.it.RunningGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.provider.Reach;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Providers and a policy made over the admin API, and what a client sees of their failures. */
class ProviderResilienceTest {
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}]}";

  private static FakeUpstream a;
  private static FakeUpstream b;
  private static RunningGateway gateway;
  private static AdminClient owner;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    a = new FakeUpstream();
    b = new FakeUpstream();
    b.answers(json(200, COMPLETION));
    gateway = new RunningGateway(List.of(), RunningGateway.QUICK, 10_000, Reach.ANYWHERE);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
    provider("a", a, "a-key-one", "a-key-two");
    provider("b", b, "b-key-one");
    var tenant = owner.make("/tenants", "{\"name\":\"t\"}");
    key = owner
        .post("/api-keys", "{\"tenant_id\":\"" + tenant + "\",\"name\":\"k\"}")
        .get("key");
    owner.make(
        "/routing-policies",
        "{\"tenant_id\":\"" + tenant + "\",\"name\":\"p\",\"match\":{\"models\":[\"smart\"]},"
            + "\"strategy\":{\"type\":\"fallback\",\"targets\":[{\"model\":\"a/m1\"},{\"model\":\"b/m2\"}]}}");
    a.answers(json(200, COMPLETION));
    Awaitility.await().until(() -> ask("smart").statusCode() == 200);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    a.close();
    b.close();
  }

  private static String provider(String name, FakeUpstream at, String... keys) {
    var credentials = String.join("\"},{\"api_key\":\"", keys);
    return owner.make(
        "/providers",
        "{\"name\":\"" + name + "\",\"type\":\"openai\",\"base_url\":\"" + at.url()
            + "\",\"credentials\":[{\"api_key\":\"" + credentials + "\"}]}");
  }

  private static HttpResponse<String> ask(String model) {
    return gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(chat(model)))
        .build());
  }

  @Test
  void u28_a_provider_that_fails_every_second_time_is_not_noticed() {
    var random = new Random(28);
    a.answers((_, socket) ->
        write(socket, random.nextBoolean() ? json(500, "{}") : json(200, COMPLETION)));
    var served = 0;
    var attempts = 0;
    for (var i = 0; i < 400; i++) {
      var answer = ask("smart");
      served += answer.statusCode() == 200 ? 1 : 0;
      attempts +=
          Integer.parseInt(answer.headers().firstValue("x-weir-attempts").orElseThrow());
    }
    assertThat(served).isEqualTo(400);
    assertThat(attempts).isLessThanOrEqualTo(480);
    var health = owner.get("/providers/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.text()).contains("\"model\":\"m1\"").contains("\"circuit\":");
    assertThat(health.text()).doesNotContain("key-one");
    assertThat(gateway.metrics().body())
        .contains("gateway_circuit_state{model=\"*\",provider=\"a\"");
  }

  @Test
  void a_key_that_the_provider_refuses_is_passed_over_for_the_next() throws IOException {
    try (var own = new FakeUpstream()) {
      own.answers((request, socket) -> write(
          socket, request.head().contains("first-key") ? json(401, "{}") : json(200, COMPLETION)));
      provider("twokeys", own, "first-key", "second-key");
      Awaitility.await().until(() -> ask("twokeys/m").statusCode() == 200);
      var refusals = own.ledger().stream()
          .filter(request -> request.head().contains("first-key"))
          .count();
      for (var i = 0; i < 5; i++) {
        assertThat(ask("twokeys/m").headers().firstValue("x-weir-attempts")).contains("1");
      }
      assertThat(refusals).isEqualTo(1);
    }
  }

  @Test
  void a_saved_provider_is_tested_with_each_of_its_keys_and_says_nothing_of_them()
      throws IOException {
    try (var own = new FakeUpstream()) {
      own.answers((request, socket) -> write(
          socket,
          request.head().contains("good-key")
              ? json(200, "{\"object\":\"list\",\"data\":[]}")
              : json(403, "{\"error\":\"bad-key is revoked at host-7\"}")));
      var id = provider("tested", own, "good-key", "bad-key");
      var answer = owner.post("/providers/" + id + "/test", "");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().at("/results/0/outcome").asString()).isEqualTo("ok");
      assertThat(answer.json().at("/results/1/outcome").asString()).isEqualTo("credential_refused");
      assertThat(answer.json().at("/results/1/status_class").asString()).isEqualTo("4xx");
      assertThat(answer.text())
          .doesNotContain("bad-key")
          .doesNotContain("host-7")
          .doesNotContain("127.0.0.1");
    }
  }
}
