package dev.weir.declared;

import static dev.weir.it.RunningGateway.chat;
import static dev.weir.it.RunningGateway.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.Providers;
import dev.weir.StoredProviders;
import dev.weir.config.ConfigFailure;
import dev.weir.fake.FakeUpstream;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.it.AdminClient;
import dev.weir.it.RunningGateway;
import dev.weir.provider.Reach;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredFileTest {
  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final String CHUNK =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";
  private static final String END =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: [DONE]\n\n";

  @TempDir
  private Path folder = Path.of("");

  private final List<DeclaredFile.Outcome> outcomes = new CopyOnWriteArrayList<>();
  private FakeUpstream upstream = new FakeUpstream();
  private RunningGateway gateway = new RunningGateway(List.of(), RunningGateway.QUICK);
  private AdminClient admin = new AdminClient(gateway.adminUrl(), gateway.adminToken());
  private String declaredKey = "";

  DeclaredFileTest() throws IOException {}

  @BeforeEach
  void prepare() {
    upstream.answers(FakeUpstream.json(200, COMPLETION));
    declaredKey = new ApiKeyFormat(
            new KeyHasher("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)))
        .generate("live")
        .text();
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @Test
  void what_the_file_declares_is_there_works_and_is_read_only_in_the_api() throws IOException {
    try (var file = file(whole())) {
      file.apply();
      assertThat(admin.get("/tenants").text()).contains("Acme").contains("\"file\"");
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ask(declaredKey, "vllm/llama") == 200);
      assertThat(upstream.last().head()).contains("Bearer sk-vllm");
      assertThat(ask(declaredKey, "smart")).isEqualTo(200);
      assertThat(
              gateway.send(request("/support/chat", declaredKey, chat("smart"))).statusCode())
          .isEqualTo(200);
      for (var list : List.of(
          "/tenants",
          "/departments",
          "/teams",
          "/api-keys",
          "/guardrail-profiles",
          "/api-routes",
          "/providers",
          "/models")) {
        var id = declaredId(list);
        var refused = admin.delete(list + "/" + id);
        assertThat(refused.status()).as(list).isEqualTo(409);
        assertThat(refused.text()).contains("weir.yaml");
      }
      assertThat(admin.get("/audit").text()).contains("file:weir.yaml").doesNotContain("sk-vllm");
    }
  }

  @Test
  void applying_the_same_again_writes_nothing() throws IOException {
    try (var file = file(whole())) {
      file.apply();
      var before = admin.get("/audit").text();
      assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.UNCHANGED);
      assertThat(admin.get("/audit").text()).isEqualTo(before);
    }
  }

  @Test
  void what_is_no_longer_declared_is_deleted_and_can_come_back() throws IOException {
    try (var file = file(whole())) {
      file.apply();
      write("resources: {}\n");
      assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.APPLIED);
      assertThat(admin.get("/tenants").text()).doesNotContain("Acme").contains("Demo");
      write(whole());
      assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.APPLIED);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ask(declaredKey, "vllm/llama") == 200);
    }
  }

  @Test
  void what_the_api_made_is_taken_over_by_its_name() throws IOException {
    try (var file = file("resources:\n  tenants:\n    - name: Demo\n")) {
      file.apply();
      assertThat(admin.get("/tenants").text()).contains("\"file\"");
      assertThat(gateway.post("/v1/models", "").statusCode()).isNotEqualTo(401);
    }
  }

  @Test
  void g07_an_invalid_file_keeps_the_old_state_with_a_place_a_metric_and_an_audit_row()
      throws IOException {
    try (var file = file(whole())) {
      file.apply();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ask(declaredKey, "vllm/llama") == 200);
      for (var wrong : Map.of(
              "resources:\n  tenants:\n    - nam: Acme\n",
              "weir.yaml:3",
              whole().replace("department: Research", "department: Reserch"),
              "department",
              whole().replace("tenant: Acme\n      name: app", "tenant: Nobody\n      name: app"),
              "Nobody",
              whole().replace("type: fallback", "type: falback"),
              "resources.routing_policies[0].strategy.type",
              "resources: [",
              "not YAML")
          .entrySet()) {
        write(wrong.getKey());
        assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.REFUSED);
        assertThat(admin.get("/audit?limit=200").text())
            .contains("reload_refused")
            .contains(wrong.getValue());
        assertThat(ask(declaredKey, "vllm/llama")).isEqualTo(200);
      }
      assertThat(outcomes).hasSize(5).containsOnly(DeclaredFile.Outcome.REFUSED);
      assertThat(admin.get("/teams").text()).contains("Assistants");
    }
  }

  @Test
  void a_dangling_reference_and_a_foreign_key_are_refused_with_line_and_path() throws IOException {
    assertThat(refusal(whole().replace("team: Apps", "team: Nope")))
        .contains("weir.yaml:")
        .contains("resources.api_keys[0].team")
        .contains("Nope");
    assertThat(refusal(whole().replace(declaredKey, declaredKey.substring(0, 70) + "xxxx")))
        .contains("resources.api_keys[0].key")
        .contains("keys generate")
        .doesNotContain(declaredKey.substring(30));
    assertThat(
            refusal(whole().replace("guardrail_profile: \"off\"", "guardrail_profile: none-such")))
        .contains("resources.tenants[0].guardrail_profile")
        .contains("none-such");
  }

  @Test
  void a_change_of_the_file_is_seen_without_being_told() throws IOException {
    try (var file = file(whole())) {
      file.apply();
      file.start();
      write(whole().replace("name: Apps", "name: Tools").replace("team: Apps", "team: Tools"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> admin.get("/teams").text().contains("Tools"));
      assertThat(outcomes).containsOnly(DeclaredFile.Outcome.APPLIED);
      // told to, it is applied again
      file.ask();
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> outcomes.contains(DeclaredFile.Outcome.UNCHANGED));
    }
  }

  @Test
  @Tag("slow")
  void g06_a_thousand_reloads_under_load_lose_no_request() throws Exception {
    reloadsUnderLoad(1000);
  }

  @Test
  void g06_reloads_under_load_lose_no_request() throws Exception {
    reloadsUnderLoad(10);
  }

  private void reloadsUnderLoad(int reloads) throws Exception {
    try (var file = file(whole());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      file.apply();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ask(declaredKey, "vllm/llama") == 200);
      var done = new AtomicBoolean();
      var asked = new AtomicInteger();
      var all = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 3; i++) {
        all.add(threads.submit(() -> {
          var failed = 0;
          while (!done.get()) {
            failed += ask(declaredKey, "vllm/llama") == 200 ? 0 : 1;
            asked.incrementAndGet();
            Thread.sleep(5);
          }
          return failed;
        }));
      }
      var start = System.nanoTime();
      for (var i = 0; i < reloads; i++) {
        write(whole()
            .replace("name: llama", "name: llama\n    - {provider: vllm, name: extra" + i + "}")
            .replace("sk-vllm", "sk-vllm" + i % 2));
        assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.APPLIED);
      }
      done.set(true);
      for (var one : all) {
        assertThat(one.get()).isZero();
      }
      System.out.println(reloads + " reloads in " + (System.nanoTime() - start) / 1_000_000
          + " ms, " + asked + " requests meanwhile");
      assertThat(asked.get()).isGreaterThan(10);
      assertThat(admin.get("/models?limit=200").text())
          .contains("extra" + (reloads - 1))
          .doesNotContain("extra" + (reloads - 2) + "\"");
    }
  }

  @Test
  void g09_a_reload_that_removes_a_model_lets_open_streams_end_whole() throws Exception {
    var release = new CountDownLatch(1);
    upstream.answers((request, socket) -> {
      if (request.text().contains("\"stream\":true")) {
        FakeUpstream.write(socket, FakeUpstream.streamHead() + CHUNK);
        while (!release.await(100, TimeUnit.MILLISECONDS)) {
          FakeUpstream.write(socket, CHUNK);
        }
        FakeUpstream.write(socket, CHUNK + END);
        socket.close();
      } else {
        FakeUpstream.write(socket, FakeUpstream.json(200, COMPLETION));
      }
    });
    try (var file = file(whole());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      file.apply();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ask(declaredKey, "vllm/llama") == 200);
      var seen = upstream.ledger().size();
      var open = threads.submit(
          () -> gateway.send(request(declaredKey, stream("vllm/llama"))).body());
      Awaitility.await().until(() -> upstream.ledger().size() > seen);
      write(whole().substring(0, whole().indexOf("  routing_policies:")));
      assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.APPLIED);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ask(declaredKey, "vllm/llama") == 404);
      release.countDown();
      assertThat(open.get()).endsWith(END);
    }
  }

  @Test
  void g07_a_policy_or_route_that_leads_nowhere_or_in_a_circle_is_refused_with_its_place()
      throws IOException {
    assertThat(refusal(whole().replace("{model: vllm/llama}", "{model: vlm/llama}")))
        .contains("weir.yaml:27")
        .contains("resources.routing_policies[0].strategy.targets[0].model")
        .contains("vlm/llama");
    var round = "    - tenant: Acme\n      name: round\n      match: {models: [round]}\n"
        + "      strategy: {type: fallback, targets: [{model: smart}]}\n";
    assertThat(refusal(whole()
            .replace("{model: vllm/llama}", "{model: round}")
            .replace("  api_routes:", round + "  api_routes:")))
        .contains("resources.routing_policies[0].strategy.targets[0].model")
        .contains("eads");
    assertThat(refusal(whole().replace("routing_policy: smart", "model: none-such")))
        .contains("resources.api_routes[0].model")
        .contains("none-such");
    assertThat(admin.get("/tenants").text()).as("nothing of it was made").doesNotContain("Acme");
  }

  @Test
  void prices_are_declared_as_the_api_shows_them_and_kept_while_they_are_the_same()
      throws IOException {
    var priced = whole().replace("name: llama\n", """
        name: llama
              prices:
                - valid_from: 2026-01-01T00:00:00Z
                  input_usd_per_million: 0.15
                  output_usd_per_million: 0.6
                  cached_input_usd_per_million: 0.075
                - {valid_from: 2026-06-01T02:00:00+02:00, input_usd_per_million: 0.1, output_usd_per_million: 2}
        """);
    try (var file = file(priced)) {
      file.apply();
      assertThat(admin.get("/models").json().get("data").get(0).get("prices").toString())
          .contains("\"input_usd_per_million\":0.15,\"output_usd_per_million\":0.6")
          .contains("\"cached_input_usd_per_million\":0.075")
          .contains("\"output_usd_per_million\":2,");
      assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.UNCHANGED);
      write(priced.replace("0.15", "0.16"));
      assertThat(file.reload()).isEqualTo(DeclaredFile.Outcome.APPLIED);
      assertThat(admin.get("/models").text()).contains("0.16").doesNotContain("0.15");
    }
    assertThat(refusal(priced.replace("0.15", "0.0123456789")))
        .contains("resources.models[0].prices[0].input_usd_per_million")
        .contains("nine digits");
    assertThat(refusal(priced.replace("2026-06-01T02:00:00+02:00", "2026-01-01T01:00:00+01:00")))
        .contains("resources.models[0].prices[1].valid_from");
  }

  private String whole() {
    return """
        resources:
          tenants:
            - name: Acme
              guardrail_profile: "off"
          departments:
            - tenant: Acme
              name: Research
          teams:
            - tenant: Acme
              department: Research
              name: Apps
          api_keys:
            - tenant: Acme
              name: app
              department: Research
              team: Apps
              key: %s
              allowed_models: ["vllm/*", llama, smart]
          guardrail_profiles:
            - tenant: Acme
              name: house
              rules: []
          routing_policies:
            - tenant: Acme
              name: smart
              match: {models: [smart]}
              strategy: {type: fallback, targets: [{model: vllm/llama}]}
          api_routes:
            - tenant: Acme
              path: /support/chat
              routing_policy: smart
          providers:
            - name: vllm
              base_url: %s
              credentials:
                - api_key: sk-vllm
          models:
            - provider: vllm
              name: llama
        """.formatted(declaredKey, upstream.url());
  }

  private DeclaredFile file(String text) throws IOException {
    write(text);
    return new DeclaredFile(
        folder.resolve("weir.yaml"),
        Map.of(),
        gateway.stores(),
        new DeclaredFile.Checks(
            Providers.ALL, new DeclaredRouting(List.of(), new StoredProviders(Reach.ANYWHERE))),
        outcomes::add,
        Duration.ofMillis(100));
  }

  // as editors and Kubernetes do it: the new one takes the place of the old one
  private void write(String text) throws IOException {
    var fresh = Files.writeString(folder.resolve("fresh"), text);
    Files.move(fresh, folder.resolve("weir.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String refusal(String text) throws IOException {
    try (var file = file(text)) {
      return String.valueOf(
          catchThrowableOfType(ConfigFailure.class, file::apply).getMessage());
    }
  }

  private String declaredId(String list) {
    for (var one : admin.get(list + "?limit=200").json().get("data")) {
      if (one.get("managed_by").asString().equals("file")) {
        return one.get("id").asString();
      }
    }
    throw new AssertionError(list + " has none of the file's");
  }

  private int ask(String key, String model) {
    return gateway.send(request(key, chat(model))).statusCode();
  }

  private HttpRequest request(String key, String body) {
    return request("/v1/chat/completions", key, body);
  }

  private HttpRequest request(String path, String key, String body) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + path))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
