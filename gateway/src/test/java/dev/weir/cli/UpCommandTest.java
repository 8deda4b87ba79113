package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FaultProxy;
import dev.weir.it.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} as a process of its own: what it prints, what it leaves behind, how it ends. */
@Tag("slow")
class UpCommandTest {
  @TempDir
  private Path folder = Path.of("");

  /** A started process and what it has printed. */
  private record Up(Process process, BufferedReader out, List<String> lines)
      implements AutoCloseable {
    void awaitLine(String part) throws IOException {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.contains(part)) {
          return;
        }
      }
      throw new AssertionError("never said " + part + ": " + lines);
    }

    int end() throws Exception {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    String text() {
      return String.join("\n", lines);
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void it_starts_answers_survives_a_kill_and_ends_with_zero() throws Exception {
    int port;
    String key;
    try (var up = up(Map.of(), "--data-dir", folder.resolve("d").toString())) {
      up.awaitLine("Ctrl-C");
      port = port(up);
      key = Files.readString(folder.resolve("d/demo-key")).strip();
      assertThat(up.text()).contains(key).contains("curl -N").contains("sandbox-echo");
      assertThat(chat(port, key)).isEqualTo(200);
      for (var secret : List.of("demo-key", "admin-token", "secrets.env", "postgres.env")) {
        assertThat(PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("d").resolve(secret))))
            .isEqualTo("rw-------");
      }
      try (var second = up(Map.of(), "--data-dir", folder.resolve("d").toString())) {
        assertThat(second.end()).isEqualTo(1);
        assertThat(second.text())
            .contains("another Weir")
            .contains("--data-dir")
            .doesNotContain("at dev.weir");
      }
      assertThat(chat(port, key)).isEqualTo(200);
      // the database server outlives its parent, and the next start finds it
      up.process().destroyForcibly();
      assertThat(up.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    try (var again = up(Map.of(), "--data-dir", folder.resolve("d").toString())) {
      again.awaitLine("Ctrl-C");
      assertThat(chat(port(again), key)).isEqualTo(200);
      again.process().toHandle().destroy();
      assertThat(again.end()).isZero();
    }
    assertThat(folder.resolve("d/postgres/data/postmaster.pid")).doesNotExist();
    try (var other = up(
        Map.of("WEIR_KEY_PEPPER", "another-pepper-0123456789-abcdefgh"),
        "--data-dir",
        folder.resolve("d").toString())) {
      assertThat(other.end()).isEqualTo(1);
      assertThat(other.text()).contains("WEIR_KEY_PEPPER");
    }
    try (var other = up(
        Map.of("WEIR_ENCRYPTION_KEY", "another-secret-0123456789-abcdefgh"),
        "--data-dir",
        folder.resolve("d").toString())) {
      assertThat(other.end()).isEqualTo(1);
      assertThat(other.text()).contains("WEIR_ENCRYPTION_KEY").contains("secrets.env");
    }
    assertThat(folder.resolve("d/postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void a_port_that_is_taken_is_named_with_the_cure() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var up = start(
            Map.of(),
            "up",
            "--data-dir",
            folder.resolve("p").toString(),
            "--port",
            "" + taken.getLocalPort())) {
      assertThat(up.end()).isEqualTo(1);
      assertThat(up.text()).contains("port " + taken.getLocalPort()).contains("--port");
    }
  }

  @Test
  void a_data_folder_that_is_a_file_is_named_with_the_cure() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "x");
    try (var up = up(Map.of(), "--data-dir", file.toString())) {
      assertThat(up.end()).isEqualTo(1);
      assertThat(up.text()).contains(file.toString()).contains("--data-dir");
    }
  }

  @Test
  void a_data_folder_that_may_not_be_made_is_named_with_the_cure() throws Exception {
    // not even root may write there
    try (var up = up(Map.of(), "--data-dir", "/proc/weir")) {
      assertThat(up.end()).isEqualTo(1);
      assertThat(up.text())
          .contains("/proc/weir cannot be written")
          .contains("--data-dir")
          .doesNotContain("at dev.weir");
    }
  }

  @Test
  void data_of_another_version_is_refused_and_left_alone() throws Exception {
    var data = Files.createDirectories(folder.resolve("v/postgres/data"));
    Files.writeString(data.resolve("PG_VERSION"), "14\n");
    Files.writeString(folder.resolve("v/secrets.env"), "");
    try (var up = up(Map.of(), "--data-dir", folder.resolve("v").toString())) {
      assertThat(up.end()).isEqualTo(1);
      assertThat(up.text()).contains("PostgreSQL 14").contains("pg_dump");
    }
    try (var left = Files.list(data)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void p01_serve_waits_for_a_database_that_is_down_and_serves_once_it_is_there() throws Exception {
    var url = TestPostgres.empty();
    try (var proxy = new FaultProxy("127.0.0.1", url.port())) {
      proxy.set(FaultProxy.Fault.RESET);
      var config = Files.writeString(
          folder.resolve("weir.yaml"),
          "server: {admin_port: 0}\nsandbox: {enabled: true}\nresources:\n  tenants: [{name: Acme}]\n");
      try (var serve = serve(config, proxy.port(), url.database())) {
        serve.awaitLine("trying again");
        assertThat(serve.process().isAlive()).isTrue();
        proxy.set(FaultProxy.Fault.NONE);
        serve.awaitLine("serving on port");
        assertThat(serve.text()).doesNotContain("at dev.weir");
        serve.process().toHandle().destroy();
        assertThat(serve.end()).isZero();
      }
    }
  }

  @Test
  void g07_serve_does_not_start_with_a_policy_that_leads_nowhere() throws Exception {
    var url = TestPostgres.empty();
    var config = Files.writeString(folder.resolve("weir.yaml"), """
        server: {admin_port: 0}
        resources:
          tenants: [{name: Acme}]
          routing_policies:
            - tenant: Acme
              name: smart
              match: {models: [smart]}
              strategy: {type: fallback, targets: [{model: nobody/gpt}]}
        """);
    try (var serve = serve(config, url.port(), url.database())) {
      assertThat(serve.end()).isEqualTo(1);
      assertThat(serve.text())
          .contains("weir.yaml:8")
          .contains("resources.routing_policies[0].strategy.targets[0].model")
          .doesNotContain("at dev.weir");
    }
  }

  private Up serve(Path config, int port, String database) throws IOException {
    return start(
        Map.of(
            "WEIR_KEY_PEPPER", "0123456789abcdef0123456789abcdef",
            "WEIR_ENCRYPTION_KEY", "fedcba9876543210fedcba9876543210"),
        "serve",
        "--config",
        config.toString(),
        "--port",
        "0",
        "--data-dir",
        folder.resolve("s").toString(),
        "--database-url",
        "postgresql://postgres@127.0.0.1:" + port + "/" + database);
  }

  @Test
  void serve_refuses_to_start_without_secrets() throws Exception {
    var config = Files.writeString(folder.resolve("weir.yaml"), "server:\n  port: 0\n");
    try (var serve = start(Map.of(), "serve", "--config", config.toString())) {
      assertThat(serve.end()).isEqualTo(1);
      assertThat(serve.text()).contains("WEIR_KEY_PEPPER").contains("openssl");
    }
  }

  @Test
  void a_database_that_is_not_there_is_named_without_its_password() throws Exception {
    try (var up = up(
        Map.of(),
        "--data-dir",
        folder.resolve("n").toString(),
        "--database-url",
        "postgresql://someone:hidden-word@127.0.0.1:1/ai_gateway")) {
      assertThat(up.end()).isEqualTo(1);
      assertThat(up.text()).contains("127.0.0.1:1").doesNotContain("hidden-word");
    }
  }

  private static int port(Up up) {
    var line = up.lines().stream()
        .filter(text -> text.contains("  data  "))
        .findFirst()
        .orElseThrow();
    return URI.create(line.strip().split(" +", -1)[1]).getPort();
  }

  private static int chat(int port, String key) throws Exception {
    var request = HttpRequest.newBuilder(
            URI.create("http://localhost:" + port + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(
            "{\"model\":\"sandbox-echo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
        .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static Up up(Map<String, String> environment, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("up", "--port", "0", "--admin-port", "0"));
    all.addAll(List.of(arguments));
    return start(environment, all.toArray(String[]::new));
  }

  private static Up start(Map<String, String> environment, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.weir.Main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
    builder.environment().putAll(environment);
    var process = builder.start();
    return new Up(
        process,
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
        new ArrayList<>());
  }
}
