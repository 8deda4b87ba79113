package dev.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the original system's manual, word for word but for the port, in the data folder of a gateway that runs. They need
 * what the manual needs: a shell with grep, awk, tail and curl; where jq or psql is not installed, a stand-in does what they would.
 */
@Tag("slow")
class ManualTest {
  @TempDir
  private static Path folder = Path.of("");

  private static Process gateway;
  private static String port;
  private static String key;

  @BeforeAll
  static void up() throws Exception {
    var builder = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.weir.Main",
            "up",
            "--port",
            "0",
            "--admin-port",
            "0",
            "--data-dir",
            folder.toString()))
        .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
    // a slow request needs a threshold that every request passes
    builder.environment().put("WEIR_LOGGING_SLOW_REQUEST", "1ms");
    builder.environment().put("WEIR_LOGGING_SAMPLE_RATE", "1");
    gateway = builder.start();
    var out =
        new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (var line = out.readLine();
        line != null && !line.contains("Ctrl-C");
        line = out.readLine()) {
      said.append(line).append('\n');
    }
    var found = java.util.regex.Pattern.compile("localhost:(\\d+)/v1").matcher(said);
    assertThat(found.find()).as(said.toString()).isTrue();
    port = found.group(1);
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    key = Files.readString(folder.resolve("demo-key")).strip();
    Files.createSymbolicLink(folder.resolve("scripts"), Path.of("../scripts").toAbsolutePath());
    standIn(
        "jq",
        "exec node -e 'require(\"readline\").createInterface({input:process.stdin})"
            + ".on(\"line\",l=>console.log(JSON.parse(l)[process.argv[1].slice(1)]))' \"$1\"");
    standIn(
        "psql",
        "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
            + absolute(System.getProperty("java.class.path")) + "' " + PlainPsql.class.getName()
            + " \"$@\"");
    try (var http = HttpClient.newHttpClient()) {
      for (var i = 0; i < 20; i++) {
        http.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/chat/completions"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"sandbox-echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .build(),
            HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  @AfterAll
  static void down() throws Exception {
    gateway.destroy();
    if (!gateway.waitFor(40, TimeUnit.SECONDS)) {
      gateway.destroyForcibly();
    }
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Puts a script of this name last on the path: it serves where the program is not installed. */
  private static void standIn(String name, String command) throws IOException {
    var script = Files.createDirectories(folder.resolve("stand-ins")).resolve(name);
    Files.writeString(script, "#!/usr/bin/env bash\n" + command + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  /** What a command prints; one that follows a file is stopped after a while. */
  private static String printed(String command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(
            "bash",
            "-c",
            "set -a; . ./postgres.env; set +a; PATH=\"$PATH:$PWD/stand-ins\"\n" + command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
    return text;
  }

  private static String followed(String command) throws IOException, InterruptedException {
    return printed(command.replaceFirst("^tail -f", "timeout 3 tail -n 50 -f"));
  }

  @Test
  void latencies_are_followed() throws Exception {
    assertThat(followed("tail -f logs/gateway.log | grep latency_ms | jq .latency_ms")
            .lines())
        .hasSizeGreaterThanOrEqualTo(20)
        .allMatch(line -> Double.parseDouble(line) > 0);
  }

  @Test
  void slow_requests_are_counted() throws Exception {
    assertThat(Integer.parseInt(
            printed("grep \"slow_request\" logs/gateway.log | wc -l").strip()))
        .isPositive();
  }

  @Test
  void cache_tiers_are_followed() throws Exception {
    assertThat(followed("tail -f logs/gateway.log | grep \"api_key_cache\""))
        .contains("\"api_key_cache\":\"db\"", "\"api_key_cache\":\"local\"");
  }

  @Test
  void the_latency_header_is_shown() throws Exception {
    assertThat(printed(
            "curl -sS -I http://localhost:8000/v1/chat/completions -H \"Authorization: Bearer KEY\""
                .replace("8000", port)
                .replace("KEY", key)))
        .containsPattern("(?i)x-response-time: [0-9.]+ms");
  }

  @Test
  void indexes_are_added_again_and_again_and_dropped() throws Exception {
    var add =
        "psql -U postgres -d ai_gateway -v ON_ERROR_STOP=1 -f scripts/add_performance_indexes.sql && echo added";
    assertThat(printed(add)).contains("added");
    assertThat(printed(add)).contains("added");
    assertThat(
            printed(
                "psql -U postgres -d ai_gateway -v ON_ERROR_STOP=1 -f scripts/drop_performance_indexes.sql && echo dropped"))
        .contains("dropped");
    assertThat(printed(add)).contains("added");
  }

  @Test
  void connections_are_counted_by_state() throws Exception {
    assertThat(
            printed(
                "psql -U postgres -d ai_gateway -c \"SELECT count(*), state FROM pg_stat_activity WHERE datname='ai_gateway' GROUP BY state;\""))
        .contains("idle");
  }

  @Test
  void the_mean_latency_is_computed() throws Exception {
    assertThat(Double.parseDouble(printed(
                "tail -1000 logs/gateway.log | grep latency_ms | jq .latency_ms | awk '{sum+=$1} END {print sum/NR}'")
            .strip()))
        .isPositive();
  }
}
