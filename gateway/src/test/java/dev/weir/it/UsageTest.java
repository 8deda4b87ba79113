package dev.weir.it;

import static dev.weir.it.RunningGateway.chat;
import static dev.weir.it.RunningGateway.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FakeUpstream;
import dev.weir.fake.FaultProxy;
import dev.weir.provider.Reach;
import dev.weir.store.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What was used, as the admin API tells it, against what the provider served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageTest {
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":200,"
          + "\"total_tokens\":1200,\"prompt_tokens_details\":{\"cached_tokens\":400},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":50}}}";
  private static final String CHUNK =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}\n\n";

  private final FakeUpstream upstream;
  private final RunningGateway gateway;
  private final AdminClient admin;

  UsageTest() throws IOException {
    upstream = new FakeUpstream();
    gateway = new RunningGateway(List.of(), RunningGateway.QUICK, 10_000, Reach.ANYWHERE);
    admin = new AdminClient(gateway.adminUrl(), gateway.adminToken());
  }

  @BeforeAll
  void provider() {
    provider(admin);
  }

  @BeforeEach
  void answers() {
    upstream.answers(FakeUpstream.json(200, COMPLETION));
    await().until(() -> gateway.post("/v1/chat/completions", chat("p/warm")).statusCode() == 200);
  }

  @AfterAll
  void close() throws IOException {
    gateway.close();
    upstream.close();
  }

  private JsonNode rows(String model, int count) {
    var page = await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> admin.get("/usage?limit=200&model=" + model).json().get("data"),
            data -> data.size() >= count);
    assertThat(page).hasSize(count);
    return page;
  }

  @Test
  void an_answer_is_a_row_with_the_tokens_that_its_provider_reported() {
    assertThat(gateway.post("/v1/chat/completions", chat("p/whole")).statusCode())
        .isEqualTo(200);
    var row = rows("p/whole".substring(2), 1).get(0);
    assertThat(row.get("tokens_in").asLong()).isEqualTo(1000);
    assertThat(row.get("tokens_out").asLong()).isEqualTo(200);
    assertThat(row.get("tokens_cached").asLong()).isEqualTo(400);
    assertThat(row.get("tokens_reasoning").asLong()).isEqualTo(50);
    assertThat(row.get("estimated").asBoolean()).isFalse();
    assertThat(row.get("outcome").asString()).isEqualTo("success");
    assertThat(row.get("provider").asString()).isEqualTo("p");
    assertThat(row.get("cost_nanos").isNull())
        .as("no price is not a price of zero")
        .isTrue();
    assertThat(row.get("latency_ms").asDouble()).isPositive();
  }

  @Test
  void c18_a_model_named_with_nul_or_half_a_character_does_not_lose_its_row() {
    for (var name : List.of("p/nul\\u0000x", "p/half\\ud800x", "p/" + "long".repeat(100))) {
      assertThat(gateway.post("/v1/chat/completions", chat(name)).statusCode())
          .as(name)
          .isIn(200, 400);
    }
    assertThat(gateway.post("/v1/chat/completions", chat("p/after-nul")).statusCode())
        .isEqualTo(200);
    var _ = rows("after-nul", 1);
    assertThat(gateway.metrics().body()).contains("gateway_usage_dropped_total 0.0");
  }

  @Test
  void a_priced_answer_costs_what_its_kinds_of_tokens_cost_in_row_sum_metric_and_log() {
    var provider = admin.make("/providers", """
        {"name":"q","type":"openai","base_url":"%s","credentials":[{"api_key":"sk"}]}
        """.formatted(upstream.url()));
    var _ = admin.make("/models", """
        {"provider_id":"%s","name":"priced","prices":[{"valid_from":"2026-01-01T00:00:00Z",
         "input_usd_per_million":1,"output_usd_per_million":2,"cached_input_usd_per_million":0.5}]}
        """.formatted(provider));
    await().until(() -> gateway.post("/v1/chat/completions", chat("q/priced")).statusCode() == 200);
    var row = rows("priced", 1).get(0);
    // 600 + 400 / 2 + 200 * 2 millionths of a dollar
    assertThat(row.get("cost_nanos").asLong()).isEqualTo(1_200_000);
    assertThat(row.get("price_from").asString()).startsWith("2026-01-01T00:00:00");
    var sum = admin.get("/usage/summary?group_by=model&model=priced").json().at("/data/0");
    assertThat(sum.get("cost_nanos").asLong()).isEqualTo(1_200_000);
    await().until(() -> gateway.metrics().body().contains("gateway_cost_usd_total 0.0012"));
  }

  @Test
  void failed_attempts_are_rows_that_cost_nothing() {
    upstream.answers(FakeUpstream.json(400, "{\"error\":{\"message\":\"no\"}}"));
    assertThat(gateway.post("/v1/chat/completions", chat("p/refused")).statusCode())
        .isEqualTo(400);
    var row = rows("refused", 1).get(0);
    assertThat(row.get("outcome").asString()).isEqualTo("upstream_invalid_request");
    assertThat(row.get("tokens_in").asLong()).isZero();
    assertThat(row.get("cost_nanos").asLong()).isZero();
  }

  @Test
  void a_client_that_leaves_is_charged_by_what_was_sent_and_marked() throws Exception {
    upstream.answers((_, socket) -> {
      FakeUpstream.write(socket, FakeUpstream.streamHead());
      for (var i = 0; i < 20; i++) {
        FakeUpstream.write(socket, CHUNK);
      }
      TimeUnit.SECONDS.sleep(2);
      socket.close();
    });
    var body = stream("p/left");
    try (var client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client
          .getOutputStream()
          .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n"
                  + "authorization: Bearer " + gateway.key()
                  + "\r\ncontent-type: application/json\r\n"
                  + "content-length: " + body.length() + "\r\n\r\n" + body)
              .getBytes(StandardCharsets.UTF_8));
      var seen = new StringBuilder();
      while (seen.toString().split("word ", -1).length < 15) {
        var some = new byte[4096];
        var read = client.getInputStream().read(some);
        assertThat(read).isPositive();
        seen.append(new String(some, 0, read, StandardCharsets.UTF_8));
      }
    }
    var row = rows("left", 1).get(0);
    assertThat(row.get("outcome").asString()).isEqualTo("cancelled");
    assertThat(row.get("estimated").asBoolean()).isTrue();
    assertThat(row.get("tokens_in").asLong()).isBetween(5L, 40L);
    assertThat(row.get("tokens_out").asLong()).isBetween(10L, 40L);
  }

  @Test
  void rows_have_pages_and_filters_and_sums_agree_with_them() {
    for (var i = 0; i < 7; i++) {
      assertThat(gateway.post("/v1/chat/completions", chat("p/many")).statusCode())
          .isEqualTo(200);
    }
    var all = rows("many", 7);
    var first = admin.get("/usage?model=many&limit=4");
    assertThat(first.json().get("data")).hasSize(4);
    var second = admin.get("/usage?model=many&limit=4&cursor=" + first.get("next_cursor"));
    assertThat(second.json().get("data")).hasSize(3);
    assertThat(second.json().get("next_cursor").isNull()).isTrue();
    assertThat(all.valueStream().map(row -> row.get("attempt_id").asString()).distinct())
        .hasSize(7);
    var key = all.get(0).get("api_key_id").asString();
    var sum = admin.get("/usage/summary?group_by=key,model&model=many").json().get("data");
    assertThat(sum).hasSize(1);
    assertThat(sum.get(0).get("api_key_id").asString()).isEqualTo(key);
    assertThat(sum.get(0).get("attempts").asLong()).isEqualTo(7);
    assertThat(sum.get(0).get("unpriced").asLong()).isEqualTo(7);
    assertThat(sum.get(0).get("tokens_in").asLong()).isEqualTo(7000);
    for (var group : List.of("tenant", "department", "team", "key", "provider", "model", "day")) {
      var grouped = admin.get("/usage/summary?model=many&group_by=" + group);
      assertThat(grouped.status()).as(grouped.text()).isEqualTo(200);
      assertThat(grouped.json().get("data").get(0).get("tokens_out").asLong()).isEqualTo(1400);
    }
    assertThat(admin.get("/usage?model=many&from=2999-01-01T00:00:00Z").json().get("data"))
        .isEmpty();
    assertThat(admin.get("/usage/summary?to=2001-01-01T00:00:00Z").json().get("data"))
        .isEmpty();
    assertThat(admin.get("/usage?from=yesterday").param()).isEqualTo("from");
    assertThat(admin.get("/usage/summary?group_by=color").param()).isEqualTo("group_by");
  }

  @Test
  void an_admin_of_one_tenant_sees_its_own_usage_and_no_other() {
    assertThat(gateway.post("/v1/chat/completions", chat("p/own")).statusCode()).isEqualTo(200);
    var demo = rows("own", 1).get(0).get("tenant_id").asString();
    var other = admin.make("/tenants", "{\"name\":\"Other\"}");
    var stranger = admin.as(admin
        .post(
            "/admins", "{\"name\":\"x\",\"role\":\"viewer\",\"tenant_id\":\"%s\"}".formatted(other))
        .get("token"));
    var own = admin.as(admin
        .post(
            "/admins", "{\"name\":\"y\",\"role\":\"viewer\",\"tenant_id\":\"%s\"}".formatted(demo))
        .get("token"));
    for (var path :
        List.of("/usage", "/usage?tenant_id=" + demo, "/usage/summary?group_by=tenant")) {
      assertThat(stranger.get(path).json().get("data")).as(path).isEmpty();
      assertThat(own.get(path).json().get("data")).as(path).isNotEmpty();
    }
  }

  @Test
  void x03_what_waits_is_written_before_the_process_ends() throws Exception {
    DatabaseUrl url;
    try (var other = new RunningGateway(List.of(), RunningGateway.QUICK, 10_000, Reach.ANYWHERE);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      url = other.database().url();
      provider(new AdminClient(other.adminUrl(), other.adminToken()));
      await().until(() -> other.post("/v1/chat/completions", chat("p/x")).statusCode() == 200);
      for (var i = 0; i < 50; i++) {
        var _ = threads.submit(() -> other.post("/v1/chat/completions", chat("p/flushed")));
      }
      await().until(() -> served("flushed") == 50);
    }
    assertThat(counted(url, "flushed")).containsExactly("50", "50");
  }

  @Test
  void p02_what_is_used_while_the_database_is_away_is_kept_and_written_when_it_is_back() {
    var url = TestPostgres.migrated();
    var owner = ClusterChangesTest.owner(url, ClusterNode.ENCRYPTION);
    try (var proxy = new FaultProxy("127.0.0.1", url.port());
        var node = new ClusterNode(
            new DatabaseUrl("127.0.0.1", proxy.port(), url.database(), url.user(), "", ""),
            Optional.empty())) {
      var api = node.admin(owner);
      provider(api);
      var key = api.post(
              "/api-keys",
              "{\"tenant_id\":\"%s\",\"name\":\"k\"}"
                  .formatted(api.make("/tenants", "{\"name\":\"A\"}")))
          .get("key");
      await().until(() -> node.chat("p/x", key).statusCode() == 200);
      proxy.set(FaultProxy.Fault.RESET);
      for (var i = 0; i < 40; i++) {
        assertThat(node.chat("p/away", key).statusCode()).isEqualTo(200);
      }
      assertThat(node.metrics()).doesNotContain("gateway_usage_pending_records 0.0");
      assertThat(counted(url, "away")).doesNotContain("40");
      proxy.set(FaultProxy.Fault.NONE);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(counted(url, "away")).containsExactly("40", "40"));
      await().until(() -> node.metrics().contains("gateway_usage_pending_records 0.0"));
      assertThat(node.metrics()).contains("gateway_usage_dropped_total 0.0");
    }
  }

  private void provider(AdminClient api) {
    var _ = api.make("/providers", """
        {"name":"p","type":"openai","base_url":"%s","credentials":[{"api_key":"sk"}]}
        """.formatted(upstream.url()));
  }

  private long served(String model) {
    return upstream.ledger().stream().filter(one -> one.text().contains(model)).count();
  }

  /** Rows, and attempts in the sums. */
  private static List<String> counted(DatabaseUrl url, String model) {
    return TestPostgres.query(
        url,
        "SELECT count(*)::text FROM usage_records WHERE model = '%s' UNION ALL".formatted(model)
            + " SELECT coalesce(sum(attempts), 0)::text FROM usage_daily WHERE model = '%s'"
                .formatted(model));
  }
}
