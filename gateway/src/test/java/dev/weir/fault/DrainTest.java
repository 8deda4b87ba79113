package dev.weir.fault;

import static dev.weir.it.RunningGateway.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X03: a process that is asked to end while 200 streams are open. */
@Tag("slow")
class DrainTest {
  private static final int STREAMS = 200;
  private static final int ENDLESS = 20;
  private static final Duration DRAIN = Duration.ofSeconds(8);
  private static final String EVENT =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";
  private static final String END =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: [DONE]\n\n";

  @TempDir
  private Path folder = Path.of("");

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicBoolean finish = new AtomicBoolean();

  @Test
  void x03_readiness_goes_first_streams_end_whole_or_with_an_error_and_the_exit_is_zero()
      throws Exception {
    try (var upstream = new FakeUpstream();
        var client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      upstream.answers((_, socket) -> answer(socket));
      var process = up(upstream);
      try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        var base = base(out);
        var streams = open(client, base);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> opened.get() == STREAMS);
        process.toHandle().destroy();
        Awaitility.await()
            .atMost(Duration.ofSeconds(3))
            .until(() -> get(client, base + "/readyz").statusCode() == 503);
        assertThat(streams).noneMatch(CompletableFuture::isDone);
        finish.set(true);
        var whole = 0;
        var broken = 0;
        for (var one : streams) {
          var body = one.get(30, TimeUnit.SECONDS).body();
          whole += body.endsWith(END) ? 1 : 0;
          broken += body.contains("\"overloaded\"") && !body.contains("[DONE]") ? 1 : 0;
        }
        assertThat(whole).isEqualTo(STREAMS - ENDLESS);
        assertThat(broken).isEqualTo(ENDLESS);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private void answer(Socket socket) throws Exception {
    FakeUpstream.write(socket, FakeUpstream.streamHead());
    var endless = opened.incrementAndGet() <= ENDLESS;
    while (endless || !finish.get()) {
      FakeUpstream.write(socket, EVENT);
      Thread.sleep(250);
    }
    FakeUpstream.write(socket, END);
    socket.close();
  }

  private List<CompletableFuture<HttpResponse<String>>> open(HttpClient client, String base)
      throws IOException {
    var key = Files.readString(folder.resolve("demo-key")).strip();
    var streams = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (var i = 0; i < STREAMS; i++) {
      streams.add(client.sendAsync(
          HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
              .header("authorization", "Bearer " + key)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(stream("openai/m")))
              .build(),
          HttpResponse.BodyHandlers.ofString()));
    }
    return streams;
  }

  private static HttpResponse<String> get(HttpClient client, String url)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String base(BufferedReader out) throws IOException {
    var base = "";
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("  data ")) {
        base = line.strip().split(" +", -1)[1].replace("/v1", "").replace("localhost", "127.0.0.1");
      }
      if (line.contains("Ctrl-C")) {
        return base;
      }
    }
    throw new AssertionError("it did not start");
  }

  private Process up(FakeUpstream upstream) throws IOException {
    var builder = new ProcessBuilder(
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
            folder.toString())
        .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
    builder.environment().put("OPENAI_BASE_URL", upstream.url().toString());
    builder.environment().put("WEIR_SERVER_DRAIN_TIMEOUT", DRAIN.toSeconds() + "s");
    return builder.start();
  }
}
