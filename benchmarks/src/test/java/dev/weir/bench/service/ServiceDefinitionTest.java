package dev.weir.bench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bench.host.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceDefinitionTest {
  @Test
  void a_table_of_peers_is_read(@TempDir Path folder) throws IOException {
    var table = Files.writeString(folder.resolve("peers.json"), """
        [{"name":"portkey","command":["npx","gateway","--port={port}"],
          "environment":{"A":"http://127.0.0.1:{upstream}"},"model_prefix":"","install":"npm"}]
        """);
    var peer = Peers.read(table).getFirst();
    assertThat(peer.chatPath()).isEqualTo("/v1/chat/completions");
    assertThat(peer.kindOrGateway()).isEqualTo(ServiceDefinition.Kind.GATEWAY);
    assertThat(peer.installed(List.of(folder.toString()))).isFalse();
    assertThat(peer.installHint()).isEqualTo("npm");
  }

  @Test
  void a_misspelt_column_is_refused(@TempDir Path folder) throws IOException {
    var table = Files.writeString(
        folder.resolve("peers.json"),
        "[{\"name\":\"a\",\"command\":[\"a\"],\"modelprefix\":\"\"}]");
    assertThatThrownBy(() -> Peers.read(table)).hasMessageContaining("modelprefix");
  }

  @Test
  void placeholders_are_filled_wherever_they_stand() {
    assertThat(Workshop.filled("{dir}/x:{port}{port}", Map.of("{dir}", "d", "{port}", "80")))
        .isEqualTo("d/x:8080");
  }

  @Test
  void a_prompt_has_the_length_asked_for() {
    var empty = Prompt.body("m", 0, RunningService.Answer.STREAMED);
    var full = Prompt.body("m", 8192, RunningService.Answer.STREAMED);
    assertThat(full.length() - empty.length()).isEqualTo(8192);
    assertThat(full).contains("\"stream\":true");
  }

  @Test
  void cores_are_read_as_taskset_writes_them() {
    assertThat(Cores.parse("1-3,6")).containsExactly(1, 2, 3, 6);
    assertThat(Cores.parse("0")).containsExactly(0);
  }
}
