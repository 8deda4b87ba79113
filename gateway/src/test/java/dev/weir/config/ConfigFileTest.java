package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir
  private Path folder = Path.of("");

  @Test
  void the_example_is_good_and_says_what_the_defaults_are() {
    var config = ConfigFile.load(Path.of("../config/weir.example.yaml"), Map.of());
    assertThat(config.server().orElseThrow().port()).contains(8000);
    assertThat(config.providers().orElseThrow()).hasSize(1);
    assertThat(config.database().orElseThrow().url()).startsWith("postgresql://");
  }

  @Test
  void g02_an_unknown_key_is_refused_with_file_line_path_and_a_suggestion() throws IOException {
    assertThat(refusal("server:\n  port: 1\n  admin_prot: 2\n"))
        .contains("weir.yaml:3")
        .contains("server.admin_prot")
        .contains("did you mean admin_port?");
  }

  @Test
  void g01_bad_yaml_is_refused_with_its_line() throws IOException {
    assertThat(refusal("server:\n  port: [1\nx: y\n")).contains("weir.yaml:");
  }

  @Test
  void a_key_that_is_there_twice_is_refused() throws IOException {
    assertThat(refusal("server:\n  port: 1\n  port: 2\n")).contains("weir.yaml:3");
  }

  @Test
  void g03_a_missing_variable_is_named_with_its_line() throws IOException {
    assertThat(refusal("providers:\n  - name: a\n    base_url: ${NO_SUCH}\n"))
        .contains("weir.yaml:3")
        .contains("NO_SUCH");
  }

  @Test
  void a_wrong_type_names_the_path() throws IOException {
    assertThat(refusal("server:\n  port: eight\n")).contains("server.port");
  }

  @Test
  void two_providers_of_one_name_are_refused() throws IOException {
    var one = "  - name: a\n    base_url: http://x\n";
    assertThat(refusal("providers:\n" + one + one)).contains("providers[1].name");
  }

  @Test
  void what_must_be_there_is_named_when_it_is_not() throws IOException {
    assertThat(refusal("providers:\n  - name: a\n")).contains("base_url");
  }

  @Test
  void g04_missing_and_weak_secrets_are_refused() {
    assertThat(weak(Map.of())).contains("WEIR_KEY_PEPPER").contains("openssl");
    assertThat(weak(Map.of("WEIR_KEY_PEPPER", "changeme", "WEIR_ENCRYPTION_KEY", "x")))
        .contains("too weak");
    assertThat(
            weak(Map.of("WEIR_KEY_PEPPER", "a".repeat(64), "WEIR_ENCRYPTION_KEY", "b".repeat(64))))
        .contains("too weak");
  }

  private static String weak(Map<String, String> environment) {
    return String.valueOf(
        catchThrowableOfType(ConfigFailure.class, () -> Secrets.forProduction(environment))
            .getMessage());
  }

  private String refusal(String yaml) throws IOException {
    var file = folder.resolve("weir.yaml");
    Files.writeString(file, yaml);
    return String.valueOf(
        catchThrowableOfType(ConfigFailure.class, () -> ConfigFile.load(file, Map.of()))
            .getMessage());
  }
}
