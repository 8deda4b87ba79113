package dev.weir.deploy;

import static dev.weir.it.RunningGateway.chat;
import static dev.weir.it.RunningGateway.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FakeUpstream;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import dev.weir.telemetry.otlp.Otlp;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What stands in {@code deploy/}, held against a gateway that runs and a Prometheus that scrapes it. */
class DeployTest {
  private static final Path DEPLOY = Path.of("../deploy");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:gateway|hikaricp|jvm|process)_[a-z0-9_]+\\b");

  /** Shown where Redis or a configuration file is, which this gateway has not. */
  private static final Set<String> ELSEWHERE = Set.of(
      "gateway_redis_circuit_state",
      "gateway_redis_failures_total",
      "gateway_config_last_reload_success");

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @TempDir
  private Path folder = Path.of("");

  @BeforeAll
  static void serve() throws IOException {
    upstream = new FakeUpstream();
    upstream.answers(
        FakeUpstream.json(
            200,
            "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}}"));
    gateway = RunningGateway.telling(
        List.of(new RemoteProvider("fake", upstream.url(), "", List.of())),
        new Otlp.Settings("http://127.0.0.1:1", List.of(), 0, Duration.ofMinutes(5), "weir"));
    gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + gateway.key())
        .header("content-type", "application/json")
        .header("x-weir-guardrail-profile", "baseline")
        .POST(HttpRequest.BodyPublishers.ofString(
            chat("fake/m").replace("hi there", "mail me at ada@example.org")))
        .build());
    upstream.answers(FakeUpstream.streamHead()
        + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\"},\"finish_reason\":\"stop\"}]}\n\n"
        + "data: [DONE]\n\n");
    gateway.post("/v1/chat/completions", stream("fake/m"));
    await()
        .untilAsserted(() -> assertThat(gateway.metrics().body())
            .contains("gateway_time_to_first_token_seconds_count"));
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static JsonNode yaml(String file) {
    return new YAMLMapper().readTree(DEPLOY.resolve(file));
  }

  /** All expressions of the rules and the dashboards. */
  private static List<String> expressions() throws IOException {
    var found = new ArrayList<String>();
    for (var group : yaml("prometheus/alerts.yml").get("groups")) {
      group.get("rules").forEach(rule -> found.add(rule.get("expr").asString()));
    }
    try (var dashboards = Files.list(DEPLOY.resolve("grafana/dashboards"))) {
      for (var file : dashboards.toList()) {
        for (var panel : new JsonMapper().readTree(file).get("panels")) {
          panel.get("targets").forEach(target -> found.add(target.get("expr").asString()));
        }
      }
    }
    return found;
  }

  @Test
  void every_metric_of_rules_and_dashboards_is_one_that_the_gateway_shows() throws IOException {
    namesAreShown();
  }

  private static void namesAreShown() throws IOException {
    var shown = new HashSet<>(ELSEWHERE);
    gateway
        .metrics()
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> shown.add(line.replaceFirst("[ {].*", "")));
    var used = new HashSet<String>();
    for (var expression : expressions()) {
      METRIC.matcher(expression).results().forEach(name -> used.add(name.group()));
    }
    // which collector is at work decides whether there are pauses yet
    used.remove("jvm_gc_pause_seconds_sum");
    assertThat(used).hasSizeGreaterThan(20).isSubsetOf(shown);
  }

  @Test
  void every_alert_leads_to_a_part_of_the_runbook() throws IOException {
    var runbook = Files.readString(Path.of("../docs/runbook.md"));
    for (var group : yaml("prometheus/alerts.yml").get("groups")) {
      for (var rule : group.get("rules")) {
        var place = rule.get("annotations").get("runbook").asString();
        var heading = place.substring(place.indexOf('#') + 1).replace('-', ' ');
        assertThat(runbook.toLowerCase(java.util.Locale.ROOT)).contains("# " + heading + "\n");
      }
    }
  }

  @Test
  void a_real_prometheus_loads_the_rules_scrapes_the_gateway_and_evaluates_every_expression()
      throws Exception {
    var promtool = Prometheus.program("promtool");
    var prometheus = Prometheus.program("prometheus");
    if (promtool.isEmpty() || prometheus.isEmpty()) {
      // without Debian's archive the names are all that can be held against something
      namesAreShown();
      return;
    }
    var config = DEPLOY.resolve("prometheus/prometheus.yml").toAbsolutePath().normalize();
    assertThat(run(promtool.get().toString(), "check", "config", config.toString()))
        .isZero();
    var here = folder.resolve("prometheus.yml");
    var address = URI.create(gateway.adminUrl()).getAuthority();
    Files.writeString(
        here,
        Files.readString(config)
            .replace("backend:8001", address)
            .replace("alerts.yml", config.resolveSibling("alerts.yml").toString())
            .replace("15s", "1s"));
    var url = "127.0.0.1:" + freePort();
    var process = new ProcessBuilder(
            prometheus.get().toString(),
            "--config.file=" + here,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=" + url)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
    try {
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
        assertThat(ask(url, "query?query=" + encoded("up{job=\"weir\"}")).toString())
            .contains("\"1\"");
        assertThat(ask(url, "query?query=gateway_in_flight_requests").at("/data/result"))
            .isNotEmpty();
      });
      for (var expression : expressions()) {
        assertThat(ask(url, "query?query=" + encoded(expression)).get("status").asString())
            .as(expression)
            .isEqualTo("success");
      }
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
        var rules = ask(url, "rules").at("/data/groups/0/rules");
        assertThat(rules).hasSizeGreaterThan(10);
        assertThat(rules).allMatch(rule -> rule.get("health").asString().equals("ok"));
      });
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void the_container_is_healthy_when_the_gateway_is_ready() throws Exception {
    var healthy = DEPLOY.resolve("healthy").toAbsolutePath().normalize().toString();
    var port = Integer.toString(URI.create(gateway.adminUrl()).getPort());
    assertThat(run(healthy, port)).isZero();
    assertThat(run(healthy, Integer.toString(freePort()))).isNotZero();
  }

  @Test
  void the_compose_file_keeps_its_promises() throws IOException {
    var compose = yaml("compose.yaml");
    var services = compose.get("services");
    assertThat(services.propertyNames())
        .containsExactlyInAnyOrder("postgres", "redis", "backend", "prometheus", "grafana");
    assertThat(services.at("/postgres/command").toString())
        .contains("shared_preload_libraries=pg_stat_statements");
    var backend = services.get("backend");
    assertThat(backend.get("read_only").asBoolean()).isTrue();
    assertThat(backend.get("cap_drop").toString()).contains("ALL");
    assertThat(backend.get("ports").toString()).contains("127.0.0.1:8001:8001");
    for (var service : services) {
      for (var mount : service.path("volumes")) {
        var source = mount.asString().split(":", 2)[0];
        if (source.startsWith("./")) {
          assertThat(DEPLOY.resolve(source)).exists();
        } else {
          assertThat(compose.get("volumes").propertyNames()).contains(source);
        }
      }
    }
    // each variable is explained where it is set
    var known = Files.readString(DEPLOY.resolve("env.example"));
    Pattern.compile("\\$\\{([A-Z_]+)")
        .matcher(Files.readString(DEPLOY.resolve("compose.yaml")))
        .results()
        .forEach(name -> assertThat(known).contains(name.group(1) + "="));
  }

  @Test
  void the_image_runs_without_rights() throws IOException {
    var lines = Files.readAllLines(DEPLOY.resolve("Dockerfile"));
    assertThat(lines.stream().filter(line -> line.startsWith("FROM "))).hasSize(2);
    assertThat(lines).anyMatch(line -> line.startsWith("USER weir"));
    assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK "));
    assertThat(lines).noneMatch(line -> line.contains(":latest") || line.startsWith("ADD "));
    for (var line : lines) {
      if (line.startsWith("COPY ") && !line.contains("--from")) {
        var parts = line.replaceAll("--\\S+ ", "").split(" ", -1);
        for (var i = 1; i < parts.length - 1; i++) {
          assertThat(Path.of("..").resolve(parts[i])).exists();
        }
      }
    }
  }

  private int run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static JsonNode ask(String url, String what) {
    var answer = gateway.send(
        HttpRequest.newBuilder(URI.create("http://" + url + "/api/v1/" + what)).build());
    return new JsonMapper().readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
