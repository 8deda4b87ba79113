package dev.weir.it;

import static dev.weir.it.RunningGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.weir.fake.FakeUpstream;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies, API routes and explanations over the admin API, as a whole gateway with a real database serves them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";

  private final FakeUpstream upstream = new FakeUpstream();
  private final RunningGateway gateway;
  private final AdminClient owner;

  RoutingTest() throws IOException {
    upstream.answers(FakeUpstream.json(200, ANSWER));
    gateway = new RunningGateway(
        List.of(provider("a", "m1"), provider("b", "m2"), provider("c", "m3")),
        RunningGateway.QUICK);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
  }

  private Provider provider(String name, String model) {
    return new RemoteProvider(name, upstream.url(), "", List.of(model));
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  /** A tenant of its own with a key. */
  private record Customer(String tenant, String keyId, String key) {}

  private Customer customer(String name) {
    var tenant = owner.make("/tenants", "{\"name\":\"" + name + "\"}");
    var made = owner.post("/api-keys", "{\"tenant_id\":\"" + tenant + "\",\"name\":\"app\"}");
    return new Customer(tenant, made.get("id"), made.get("key"));
  }

  private String policy(Customer customer, String match, String strategy) {
    return owner.make("/routing-policies", policyBody(customer, match, strategy));
  }

  private static String policyBody(Customer customer, String match, String strategy) {
    return "{\"tenant_id\":\"" + customer.tenant() + "\",\"name\":\"p\",\"match\":" + match
        + ",\"strategy\":" + strategy + "}";
  }

  private static String fallback(String... models) {
    return "{\"type\":\"fallback\",\"targets\":[{\"model\":\""
        + String.join("\"},{\"model\":\"", models) + "\"}]}";
  }

  private HttpResponse<String> post(Customer customer, String path, String body) {
    return gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + path))
        .header("authorization", "Bearer " + customer.key())
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build());
  }

  private static String servedBy(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-weir-provider").orElse(answer.body());
  }

  private void until(Customer customer, String model, String provider) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> servedBy(post(customer, "/v1/chat/completions", chat(model))).equals(provider));
  }

  @Test
  void an_alias_is_served_listed_explained_and_recorded() {
    var customer = customer("alias");
    var id = policy(customer, "{\"models\":[\"smart\"]}", fallback("b/m2", "a/m1"));
    until(customer, "smart", "b");
    var answer = post(customer, "/v1/chat/completions", chat("smart"));
    assertThat(upstream.last().text()).isEqualTo(chat("m2"));
    assertThat(models(customer)).contains("\"id\":\"smart\"").contains("\"id\":\"a/m1\"");
    var explained = explain(customer, chat("smart"));
    assertThat(explained.at("/decision/decided_by").asString()).isEqualTo("alias");
    assertThat(explained.at("/decision/policy/id").asString()).isEqualTo(id);
    assertThat(explained.at("/decision/targets/0/target").asString()).isEqualTo("b/m2");
    assertThat(explained.at("/levels").size()).isEqualTo(2);
    assertThat(explained.at("/guardrails").isArray()).isTrue();
    assertThat(explained.at("/refusal").isNull()).isTrue();
    var requestId = answer.headers().firstValue("x-request-id").orElseThrow();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(owner.get("/requests/" + requestId).status()).isEqualTo(200));
    var recorded = owner.get("/requests/" + requestId).json();
    assertThat(recorded.at("/decision")).isEqualTo(explained.at("/decision"));
    assertThat(recorded.at("/api_key_id").asString()).isEqualTo(customer.keyId());
    assertThat(recorded.at("/asked").asString()).isEqualTo("smart");
    assertThat(recorded.toString()).doesNotContain("hi there").doesNotContain(customer.key());
    assertThat(owner.delete("/routing-policies/" + id).status()).isEqualTo(204);
    Awaitility.await()
        .until(() -> post(customer, "/v1/chat/completions", chat("smart")).statusCode() == 404);
  }

  private String models(Customer customer) {
    return gateway
        .send(HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/models"))
            .header("authorization", "Bearer " + customer.key())
            .build())
        .body();
  }

  private JsonNode explain(Customer customer, String body) {
    var explained = owner.post(
        "/explain", "{\"api_key_id\":\"" + customer.keyId() + "\",\"body\":" + body + "}");
    assertThat(explained.status()).as(explained.text()).isEqualTo(200);
    return explained.json();
  }

  @Test
  void the_official_client_calls_an_alias() {
    var customer = customer("official");
    policy(customer, "{\"models\":[\"house-model\"]}", fallback("c/m3"));
    until(customer, "house-model", "c");
    var client = OpenAIOkHttpClient.builder()
        .baseUrl(gateway.url() + "/v1")
        .apiKey(customer.key())
        .maxRetries(0)
        .build();
    var request = ChatCompletionCreateParams.builder()
        .model("house-model")
        .addUserMessage("hi")
        .build();
    assertThat(client
            .chat()
            .completions()
            .create(request)
            .choices()
            .getFirst()
            .message()
            .content())
        .contains("hello");
    assertThat(client.models().list().data()).anyMatch(model -> model.id().equals("house-model"));
  }

  @Test
  void what_cannot_work_is_refused_with_its_path() {
    var customer = customer("refused");
    var dangling =
        owner.post("/routing-policies", policyBody(customer, "{}", fallback("a/m1", "a/none")));
    assertThat(dangling.status()).isEqualTo(400);
    assertThat(dangling.param()).isEqualTo("strategy.targets[1].model");
    var one = policy(customer, "{\"models\":[\"one\"]}", fallback("a/m1"));
    policy(customer, "{\"models\":[\"two\"]}", fallback("one"));
    var circle = owner.patch("/routing-policies/" + one, "{\"strategy\":" + fallback("two") + "}");
    assertThat(circle.status()).isEqualTo(400);
    assertThat(circle.param()).isEqualTo("strategy.targets[0].model");
    assertThat(owner.delete("/routing-policies/" + one).status()).isEqualTo(409);
    var shape = owner.post(
        "/routing-policies", policyBody(customer, "{\"model\":[\"x\"]}", fallback("a/m1")));
    assertThat(shape.param()).isEqualTo("match.model");
    var route = owner.post(
        "/api-routes",
        "{\"tenant_id\":\"" + customer.tenant()
            + "\",\"path\":\"/v1/chat/completions\",\"model\":\"a/m1\"}");
    assertThat(route.status()).isEqualTo(400);
    assertThat(route.param()).isEqualTo("path");
  }

  @Test
  void a_route_is_its_tenants_alone() {
    var customer = customer("route");
    var other = customer("stranger");
    var made = owner.make(
        "/api-routes",
        "{\"tenant_id\":\"" + customer.tenant()
            + "\",\"path\":\"/support/{case_id}/chat\",\"method\":\"POST\",\"priority\":10,\"model\":\"b/m2\","
            + "\"parameters\":{\"temperature\":0.2}}");
    var body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}], \"odd\":1e400}";
    Awaitility.await().until(() -> post(customer, "/support/7/chat", body).statusCode() == 200);
    assertThat(upstream.last().text())
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}], \"odd\":1e400,\"temperature\":0.2,"
                + "\"model\":\"m2\"}");
    var foreign = post(other, "/support/7/chat", body);
    var nowhere = post(other, "/nowhere", body);
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body()).isEqualTo(nowhere.body()).contains("unknown_url");
    var anonymous =
        gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/support/7/chat"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
    assertThat(anonymous.body()).isEqualTo(nowhere.body());
    var put = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/support/7/chat"))
        .header("authorization", "Bearer " + customer.key())
        .PUT(HttpRequest.BodyPublishers.ofString(body))
        .build());
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("allow")).contains("POST");
    assertThat(gateway.metrics().body())
        .contains("route=\"api_route\"")
        .doesNotContain("/support/7/chat");
    var explained = owner.post(
        "/explain",
        "{\"api_key_id\":\"" + customer.keyId() + "\",\"path\":\"/support/1/chat\",\"body\":" + body
            + "}");
    assertThat(explained.json().at("/api_route/id").asString()).isEqualTo(made);
    assertThat(explained.json().at("/decision/targets/0/target").asString()).isEqualTo("b/m2");
    assertThat(owner.delete("/api-routes/" + made).status()).isEqualTo(204);
    Awaitility.await().until(() -> post(customer, "/support/7/chat", body).statusCode() == 404);
  }

  @Test
  void a_route_may_speak_another_protocol_in_errors_too() {
    var customer = customer("dialect");
    var _ = owner.make(
        "/api-routes",
        "{\"tenant_id\":\"" + customer.tenant()
            + "\",\"path\":\"/claude/*\",\"protocol\":\"anthropic.messages\",\"model\":\"c/m3\"}");
    var body = "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    Awaitility.await().until(() -> post(customer, "/claude/v1/messages", body).statusCode() == 200);
    assertThat(post(customer, "/claude/v1/messages", body).body()).contains("\"type\":\"message\"");
    assertThat(post(customer, "/claude/v1/messages", "{}").body()).contains("\"type\":\"error\"");
    assertThat(post(customer, "/elsewhere", "{}").body()).doesNotContain("\"type\":\"error\"");
  }

  @Test
  void tenant_admins_see_their_own_requests_only() {
    var customer = customer("mine");
    var other = customer("theirs");
    var token = owner
        .post(
            "/admins",
            "{\"name\":\"v\",\"role\":\"viewer\",\"tenant_id\":\"" + customer.tenant() + "\"}")
        .get("token");
    var mine = owner.as(token);
    var seen = post(customer, "/v1/chat/completions", chat("a/m1"));
    var hidden = post(other, "/v1/chat/completions", chat("absent"));
    var hiddenId = hidden.headers().firstValue("x-request-id").orElseThrow();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(owner.get("/requests/" + hiddenId).status()).isEqualTo(200));
    assertThat(mine.get("/requests/" + seen.headers().firstValue("x-request-id").orElseThrow())
            .status())
        .isEqualTo(200);
    assertThat(mine.get("/requests/" + hiddenId).text())
        .isEqualTo(mine.get("/requests/req-none").text());
    assertThat(mine.get("/requests").json().get("data").size()).isEqualTo(1);
    var failed = owner.get("/requests?errors=true&tenant_id=" + other.tenant());
    assertThat(failed.json().get("data").size()).isEqualTo(1);
    assertThat(failed.json().at("/data/0/error/code").asString()).isEqualTo("model_not_found");
    var narrow = "/requests?outcome=success&min_latency_ms=0&api_key_id=";
    var key = mine.get("/requests").json().get("data").get(0).get("api_key_id").asString();
    assertThat(mine.get(narrow + key).json().get("data").size()).isEqualTo(1);
    assertThat(mine.get(narrow + "other").json().get("data").size()).isZero();
    assertThat(mine.get("/requests?team_id=none").json().get("data").size()).isZero();
    assertThat(mine.get("/requests?min_latency_ms=600000").json().get("data").size())
        .isZero();
    assertThat(owner.get("/requests?outcome=lost").param()).isEqualTo("outcome");
    assertThat(owner.get("/requests?since=yesterday").param()).isEqualTo("since");
    var page = owner.get("/requests?limit=1").json();
    var next = owner
        .get("/requests?limit=1&cursor=" + page.get("next_cursor").asString())
        .json();
    assertThat(next.at("/data/0/request_id")).isNotEqualTo(page.at("/data/0/request_id"));
    var foreign = mine.post(
        "/explain", "{\"api_key_id\":\"" + other.keyId() + "\",\"body\":" + chat("a/m1") + "}");
    assertThat(foreign.status()).isEqualTo(404);
  }

  @Test
  void explained_is_what_happens() {
    var random = new Random(20261124);
    var customer = customer("explained");
    for (var i = 0; i < 20; i++) {
      var _ = policy(customer, "{\"models\":[\"x" + i + "\"]}", strategy(random, 2));
    }
    Awaitility.await()
        .until(() -> post(customer, "/v1/chat/completions", chat("x19")).statusCode() == 200);
    for (var i = 0; i < 60; i++) {
      var body = chat("x" + i % 20).replace("{\"model", "{\"user\":\"u" + i + "\",\"model");
      var explained = explain(customer, body);
      var answer = post(customer, "/v1/chat/completions", body);
      assertThat(servedBy(answer))
          .as(explained.toString())
          .isEqualTo(explained.at("/decision/targets/0/provider").asString());
    }
  }

  /** Without what is drawn anew for each request: that is explained as one of its draws. */
  private static String strategy(Random random, int depth) {
    var targets = new ArrayList<String>();
    for (var i = 0; i < 2 + random.nextInt(2); i++) {
      targets.add(
          depth > 1 && random.nextInt(3) == 0
              ? strategy(random, depth - 1)
              : "{\"model\":\"" + List.of("a/m1", "b/m2", "c/m3").get(random.nextInt(3)) + "\"}");
    }
    return switch (random.nextInt(3)) {
      case 0 -> "{\"type\":\"fallback\",\"targets\":[" + String.join(",", targets) + "]}";
      case 1 ->
        "{\"type\":\"weighted\",\"sticky\":\"user\",\"targets\":["
            + String.join(
                ",",
                targets.stream()
                    .map(one -> one.substring(0, one.length() - 1) + ",\"weight\":"
                        + (1 + random.nextInt(5)) + "}")
                    .toList())
            + "]}";
      default ->
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"tokens\":{\"max\":"
            + (20 + random.nextInt(10)) + "}},\"target\":" + targets.getFirst() + "}],\"default\":"
            + targets.getLast() + "}";
    };
  }

  @Test
  void a_policy_that_changes_under_load_loses_no_request() throws Exception {
    var customer = customer("load");
    var id = policy(customer, "{\"models\":[\"busy\"]}", fallback("a/m1"));
    until(customer, "busy", "a");
    var going = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<List<Integer>>>();
      for (var i = 0; i < 4; i++) {
        workers.add(threads.submit(() -> {
          var statuses = new ArrayList<Integer>();
          while (going.get()) {
            statuses.add(post(customer, "/v1/chat/completions", chat("busy")).statusCode());
          }
          return statuses;
        }));
      }
      for (var i = 0; i < 20; i++) {
        var target = List.of("a/m1", "b/m2", "c/m3").get(i % 3);
        var changed =
            owner.patch("/routing-policies/" + id, "{\"strategy\":" + fallback(target) + "}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        Thread.sleep(50);
      }
      until(customer, "busy", "b");
      going.set(false);
      for (var worker : workers) {
        assertThat(worker.get()).isNotEmpty().containsOnly(200);
      }
    }
  }

  @Test
  void a_bound_policy_decides_for_its_level_alone() {
    var customer = customer("bound");
    var second =
        owner.post("/api-keys", "{\"tenant_id\":\"" + customer.tenant() + "\",\"name\":\"two\"}");
    var other = new Customer(customer.tenant(), second.get("id"), second.get("key"));
    var id = policy(customer, "{\"models\":[\"team-model\"]}", fallback("a/m1"));
    until(other, "team-model", "a");
    assertThat(owner
            .patch("/api-keys/" + customer.keyId(), "{\"routing_policy_id\":\"" + id + "\"}")
            .status())
        .isEqualTo(200);
    Awaitility.await()
        .until(() -> post(other, "/v1/chat/completions", chat("team-model")).statusCode() == 404);
    until(customer, "team-model", "a");
    assertThat(explain(customer, chat("team-model")).at("/decision/decided_by").asString())
        .isEqualTo("key_policy");
    assertThat(new JsonMapper().readTree(models(other)).at("/data").findValuesAsString("id"))
        .doesNotContain("team-model");
  }

  private String profile(Customer customer, String rules) {
    return owner.make(
        "/guardrail-profiles",
        "{\"tenant_id\":\"" + customer.tenant() + "\",\"name\":\"g\",\"rules\":[" + rules + "]}");
  }

  @Test
  void what_a_guardrail_flags_goes_where_the_policy_says() {
    var customer = customer("flagged");
    var profile = profile(
        customer, "{\"guardrail\":\"pii.email\",\"action\":\"flag\",\"directions\":[\"input\"]}");
    assertThat(owner
            .patch(
                "/api-keys/" + customer.keyId(), "{\"guardrail_profile_id\":\"" + profile + "\"}")
            .status())
        .isEqualTo(200);
    var _ = policy(
        customer,
        "{\"models\":[\"careful\"]}",
        "{\"type\":\"conditional\",\"cases\":[{\"when\":{\"guardrails\":[\"pii\"]},"
            + "\"target\":{\"model\":\"c/m3\"}}],\"default\":{\"model\":\"a/m1\"}}");
    until(customer, "careful", "a");
    var flagged = chat("careful").replace("hi there", "write to jane@example.com");
    Awaitility.await()
        .untilAsserted(() -> assertThat(servedBy(post(customer, "/v1/chat/completions", flagged)))
            .isEqualTo("c"));
    assertThat(servedBy(post(customer, "/v1/chat/completions", chat("careful"))))
        .isEqualTo("a");
    var explained = explain(customer, flagged);
    assertThat(explained.at("/decision/targets/0/target").asString()).isEqualTo("c/m3");
    assertThat(explained.at("/flagged/0").asString()).isEqualTo("pii.email");
    assertThat(explained.at("/limits").isEmpty()).isTrue();
    assertThat(explained.at("/budgets").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai.chat", "anthropic.messages"})
  void the_profile_of_a_route_holds_in_and_out_streamed_or_not(String protocol) {
    var customer = customer("guarded by " + protocol);
    var profile = profile(customer, "{\"guardrail\":\"pii.email\",\"action\":\"redact\"}");
    var _ = owner.make(
        "/api-routes",
        "{\"tenant_id\":\"" + customer.tenant() + "\",\"path\":\"/guarded\",\"protocol\":\""
            + protocol + "\",\"model\":\"a/m1\",\"guardrail_profile_id\":\"" + profile + "\"}");
    for (var stream : List.of("", ",\"stream\":true")) {
      upstream.answers(
          stream.isEmpty()
              ? FakeUpstream.json(200, ANSWER.replace("hello", "ask joe@example.com"))
              : FakeUpstream.streamHead() + event("\"content\":\"ask jo\"", "null")
                  + event("\"content\":\"e@example.com\"", "null") + event("", "\"stop\"")
                  + "data: [DONE]\n\n");
      var body =
          "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"I am ann@example.com\"}]"
              + stream + "}";
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(post(customer, "/guarded", body).statusCode()).isEqualTo(200));
      var answer = post(customer, "/guarded", body).body();
      assertThat(upstream.last().text()).doesNotContain("ann@example.com").contains("[EMAIL_1]");
      assertThat(answer).contains("EMAIL").doesNotContain("e@example.com");
    }
    upstream.answers(FakeUpstream.json(200, ANSWER));
  }

  private static String event(String delta, String finish) {
    return "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{" + delta
        + "},\"finish_reason\":" + finish + "}]}\n\n";
  }

  @Test
  void u31_a_stream_without_an_end_ends_with_an_error_event_when_the_policys_time_is_up() {
    var customer = customer("endless");
    var strategy = fallback("b/m2");
    var _ = policy(
        customer,
        "{\"models\":[\"timed\"]}",
        strategy.substring(0, strategy.length() - 1) + ",\"attempts\":{\"total_ms\":1000}}");
    until(customer, "timed", "b");
    upstream.answers((_, socket) -> {
      FakeUpstream.write(socket, FakeUpstream.streamHead());
      while (true) {
        FakeUpstream.write(socket, event("\"content\":\"on\"", "null"));
        Thread.sleep(20);
      }
    });
    var before = System.nanoTime();
    var body =
        post(customer, "/v1/chat/completions", RunningGateway.stream("timed")).body();
    assertThat(body)
        .startsWith(event("\"content\":\"on\"", "null"))
        .contains("\"code\":\"upstream_timeout\"")
        .doesNotContain("[DONE]");
    Awaitility.await().until(() -> upstream.lastBroken() > before);
    upstream.answers(FakeUpstream.json(200, ANSWER));
  }

  @Test
  void of_two_changes_that_would_make_a_circle_together_one_is_refused() throws Exception {
    var customer = customer("circle");
    var one = policy(customer, "{\"models\":[\"one\"]}", fallback("a/m1"));
    var two = policy(customer, "{\"models\":[\"two\"]}", fallback("b/m2"));
    for (var i = 0; i < 5; i++) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = threads.submit(() ->
            owner.patch("/routing-policies/" + one, "{\"strategy\":" + fallback("two") + "}"));
        var second = threads.submit(() ->
            owner.patch("/routing-policies/" + two, "{\"strategy\":" + fallback("one") + "}"));
        assertThat(List.of(first.get().status(), second.get().status()))
            .containsExactlyInAnyOrder(200, 400);
      }
      for (var id : List.of(one, two)) {
        var reset =
            owner.patch("/routing-policies/" + id, "{\"strategy\":" + fallback("c/m3") + "}");
        assertThat(reset.status()).isEqualTo(200);
      }
    }
  }
}
