package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {
  @TempDir
  private Path folder = Path.of("");

  @AfterEach
  void as_the_other_tests_have_it() throws Exception {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void one_file_has_the_access_lines_as_they_are_and_what_the_gateway_says_as_json()
      throws IOException {
    try (var logs = Logs.to(folder)) {
      logs.accessLines().accept("{\"event\":\"request\",\"latency_ms\":1.5}");
      LoggerFactory.getLogger("dev.weir.declared.DeclaredFile").info("weir.yaml applied: 1 made");
      LoggerFactory.getLogger("dev.weir.x").error("broken", new IllegalStateException("why"));
      LoggerFactory.getLogger("org.other").info("chatter");
    }
    var lines = Files.readAllLines(folder.resolve("gateway.log"));
    assertThat(lines).hasSize(3).first().isEqualTo("{\"event\":\"request\",\"latency_ms\":1.5}");
    var json = new JsonMapper();
    var reload = json.readTree(lines.get(1));
    assertThat(reload.get("event").asString()).isEqualTo("log");
    assertThat(reload.get("level").asString()).isEqualTo("INFO");
    assertThat(reload.get("ts").asString()).isNotEmpty();
    assertThat(reload.get("message").asString()).isEqualTo("weir.yaml applied: 1 made");
    assertThat(json.readTree(lines.get(2)).get("stack_trace").asString()).contains("why");
  }
}
