package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.it.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X10: more connections than the process may have file descriptors. */
@Tag("slow")
class DescriptorsTest {
  private static final int ALLOWED = 256;

  @TempDir
  private Path folder = Path.of("");

  @Test
  void x10_when_descriptors_run_out_the_process_lives_and_serves_again_once_there_are_some()
      throws Exception {
    var url = TestPostgres.migrated();
    var command = List.of(
        "bash",
        "-c",
        "ulimit -n " + ALLOWED + "; exec \"$0\" \"$@\"",
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
        folder.toString(),
        "--database-url",
        "postgresql://" + url.user() + "@" + url.host() + ":" + url.port() + "/" + url.database());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      var port = port(process);
      var key = Files.readString(folder.resolve("demo-key")).strip();
      assertThat(status(port, key)).isEqualTo(200);
      var open = new ArrayList<Socket>();
      for (var i = 0; i < 2 * ALLOWED; i++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      Thread.sleep(2_000);
      assertThat(process.isAlive()).isTrue();
      for (var socket : open) {
        socket.close();
      }
      await()
          .atMost(Duration.ofSeconds(15))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(status(port, key)).isEqualTo(200));
    } finally {
      process.destroy();
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static int port(Process process) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (var line = out.readLine();
        line != null && !line.contains("Ctrl-C");
        line = out.readLine()) {
      said.append(line).append('\n');
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    var found = Pattern.compile("localhost:(\\d+)/v1").matcher(said);
    assertThat(found.find()).as(said.toString()).isTrue();
    return Integer.parseInt(found.group(1));
  }

  private static int status(int port, String key) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models"))
                  .header("authorization", "Bearer " + key)
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
