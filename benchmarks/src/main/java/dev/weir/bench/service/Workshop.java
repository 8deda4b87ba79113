package dev.weir.bench.service;

import dev.weir.bench.host.Cores;
import dev.weir.bench.host.Pinned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts services, each in a folder of its own that outlives restarts, on the service's core. Not thread-safe.
 *
 * @param home the repository
 * @param scratch where the folders are made
 * @param mockPort the upstream of all services
 * @param path folders in which programs are looked for
 */
public record Workshop(Path home, Path scratch, int mockPort, Cores cores, List<String> path) {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(10);

  /** The path without a service; {@code mock} is what answers. */
  public RunningService direct(Pinned mock) {
    var definition = new ServiceDefinition(
        RunningService.DIRECT,
        ServiceDefinition.Kind.DIRECT,
        List.of("-"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
    return new RunningService(definition, mockPort, 0, Map.of(), Duration.ZERO, mock);
  }

  /**
   * Starts one and waits for its first 200.
   *
   * @throws IOException when it ends or gives no 200 within 90 s; the message holds its last lines
   */
  public RunningService start(ServiceDefinition definition)
      throws IOException, InterruptedException {
    var dir = Files.createDirectories(scratch.resolve(definition.name()));
    var fill = placeholders(dir);
    for (var file : orEmpty(definition.files()).entrySet()) {
      Files.writeString(dir.resolve(file.getKey()), filled(file.getValue(), fill));
    }
    var command = new ArrayList<String>();
    definition.command().forEach(word -> command.add(filled(word, fill)));
    var program = definition.program(path);
    command.set(0, filled(program == null ? command.getFirst() : program, fill));
    var environment = new TreeMap<String, String>();
    orEmpty(definition.environment()).forEach((k, v) -> environment.put(k, filled(v, fill)));
    var began = System.nanoTime();
    var process = Pinned.start(command, environment, dir, cores.service());
    try {
      var port = Integer.parseInt(fill.get("{port}"));
      var headers = awaitFirst200(definition, port, fill, process, began);
      var startUp = Duration.ofNanos(System.nanoTime() - began);
      return new RunningService(
          definition, port, Integer.parseInt(fill.get("{admin-port}")), headers, startUp, process);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      process.close();
      throw failed;
    }
  }

  private static Map<String, String> awaitFirst200(
      ServiceDefinition definition, int port, Map<String, String> fill, Pinned process, long began)
      throws IOException, InterruptedException {
    try (var client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (System.nanoTime() - began < PATIENCE.toNanos()) {
        if (!process.alive()) {
          throw new IOException(definition.name() + " ended: " + process.lastLines());
        }
        var headers = headers(definition, fill);
        if (answers(client, definition, port, headers)) {
          return headers;
        }
        Thread.sleep(POLL);
      }
    }
    throw new IOException(definition.name() + " gave no 200: " + process.lastLines());
  }

  /** Those of the definition, and the key: what the service wrote to its file, else the definition's own. */
  private static Map<String, String> headers(ServiceDefinition definition, Map<String, String> fill)
      throws IOException {
    var headers = new TreeMap<String, String>();
    orEmpty(definition.headers()).forEach((k, v) -> headers.put(k, filled(v, fill)));
    var key = definition.key();
    var keyFile = definition.keyFile();
    if (keyFile != null) {
      var file = Path.of(filled(keyFile, fill));
      key = Files.isReadable(file) ? Files.readString(file).strip() : key;
    }
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    return headers;
  }

  private static boolean answers(
      HttpClient client, ServiceDefinition definition, int port, Map<String, String> headers)
      throws InterruptedException {
    var body = Prompt.body(definition.prefix() + "mock-500", 100, RunningService.Answer.WHOLE);
    var builder = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + definition.chatPath()))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(2))
        .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(builder::header);
    try {
      return client
              .send(builder.build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Map<String, String> placeholders(Path dir) throws IOException {
    return Map.of(
        "{port}", String.valueOf(freePort()),
        "{admin-port}", String.valueOf(freePort()),
        "{upstream}", String.valueOf(mockPort),
        "{dir}", dir.toString(),
        "{home}", home.toString());
  }

  static String filled(String text, Map<String, String> values) {
    var out = text;
    for (var value : values.entrySet()) {
      out = out.replace(value.getKey(), value.getValue());
    }
    return out;
  }

  private static Map<String, String> orEmpty(
      @org.jspecify.annotations.Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
