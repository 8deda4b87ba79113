package dev.weir.cli;

import dev.weir.config.GatewayConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code weir selftest}: a whole instance in a folder of its own, on free ports, asked as a client would ask it.
 *
 * <p>It touches no data of this installation. The launcher also trains the start-up cache with it.
 */
@Command(
    name = "selftest",
    mixinStandardHelpOptions = true,
    description = "Proves that this installation works here, without touching its data.")
final class SelftestCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Spec
  private CommandSpec spec = CommandSpec.create();

  private int failed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("weir-selftest");
    try (var shutdown = new Shutdown();
        var client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build()) {
      shutdown.opened(() -> delete(folder));
      var running = Quickstart.start(
          options(folder), GatewayConfig.DEFAULT, Optional.empty(), shutdown, this::say);
      say("a gateway with a database of its own is up");
      ask(client, running);
    }
    say(failed == 0 ? "everything works here" : failed + " checks failed");
    return failed == 0 ? 0 : 1;
  }

  private static ProcessOptions options(Path folder) {
    var options = new ProcessOptions();
    options.dataDir = folder.resolve("data");
    options.host = Optional.of("127.0.0.1");
    options.port = Optional.of(0);
    options.adminPort = Optional.of(0);
    return options;
  }

  private void ask(HttpClient client, Quickstart running) throws IOException, InterruptedException {
    var base = "http://127.0.0.1:" + running.gateway().dataPort();
    var key = running.key().orElse("");
    check(
        "a whole completion",
        client,
        post(base + "/v1/chat/completions", key, chat("")),
        answer -> answer.statusCode() == 200 && answer.body().contains("Hello, river"));
    check(
        "a streamed completion",
        client,
        post(base + "/v1/chat/completions", key, chat(",\"stream\":true")),
        answer -> answer.statusCode() == 200 && answer.body().strip().endsWith("data: [DONE]"));
    check(
        "embeddings by the model inside",
        client,
        post(base + "/v1/embeddings", key, "{\"model\":\"weir-minilm-l6\",\"input\":\"river\"}"),
        answer -> answer.statusCode() == 200 && answer.body().contains("\"embedding\""));
    check(
        "the list of models",
        client,
        request(base + "/v1/models", key).build(),
        answer -> answer.statusCode() == 200 && answer.body().contains("sandbox-echo"));
    check(
        "an unknown key is refused",
        client,
        request(base + "/v1/models", "wr-demo-unknown").build(),
        answer -> answer.statusCode() == 401);
    check(
        "metrics",
        client,
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + running.gateway().adminPort() + "/metrics"))
            .build(),
        answer -> answer.body().contains("gateway_request_duration_seconds"));
  }

  private void check(
      String what, HttpClient client, HttpRequest request, Predicate<HttpResponse<String>> good)
      throws IOException, InterruptedException {
    var began = System.nanoTime();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    if (good.test(answer)) {
      say(what + " (" + millis + " ms)");
    } else {
      failed++;
      say("FAILED: " + what + ": status " + answer.statusCode() + ", " + answer.body());
    }
  }

  private void say(String words) {
    spec.commandLine().getOut().println("weir: " + words);
  }

  private static HttpRequest post(String url, String key, String body) {
    return request(url, key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest.Builder request(String url, String key) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + key);
  }

  private static String chat(String members) {
    return "{\"model\":\"sandbox-echo\"" + members
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello, river\"}]}";
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
