package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final Path EXAMPLE = Path.of("../config/weir.example.yaml");

  @TempDir
  private Path folder = Path.of("");

  @Test
  void the_example_holds_every_key_with_its_default() throws IOException {
    var config = load(Map.of(), Files.readString(EXAMPLE));
    var example = GatewayConfig.DEFAULT;
    assertThat(config.server()).isEqualTo(example.server());
    assertThat(config.database().pool()).isEqualTo(example.database().pool());
    assertThat(config.database().adminPool()).isEqualTo(example.database().adminPool());
    assertThat(config.redis()).isEqualTo(example.redis());
    assertThat(config.keyCache()).isEqualTo(example.keyCache());
    assertThat(config.auth()).isEqualTo(example.auth());
    assertThat(config.providers()).isEqualTo(example.providers());
    assertThat(config.sandbox()).isEqualTo(example.sandbox());
    assertThat(config.upstream()).isEqualTo(example.upstream());
    assertThat(config.logging()).isEqualTo(example.logging());
    assertThat(config.resources().providers()).hasSize(1);
    var text = Files.readString(EXAMPLE);
    for (var path : Overrides.variables().values()) {
      assertThat(text).as(String.join(".", path)).contains(path.getLast() + ":");
    }
  }

  @Test
  void a_variable_wins_over_the_file_and_works_without_one() throws IOException {
    var environment = Map.of(
        "WEIR_KEY_CACHE_TTL", "5s",
        "WEIR_KEY_CACHE_LOCAL_MAX_ENTRIES", "7",
        "WEIR_PROVIDERS_ALLOW_PRIVATE_NETWORKS", "true",
        "WEIR_DATABASE_POOL_MAX", "20",
        "WEIR_SERVER_MAX_BODY_SIZE", "64MiB",
        "WEIR_REDIS_URL", "redis://r:6379/0");
    for (var file : List.of("", "key_cache:\n  ttl: 9s\n  local: {max_entries: 3}\n")) {
      var config = load(environment, file);
      assertThat(config.keyCache().ttl()).isEqualTo(Duration.ofSeconds(5));
      assertThat(config.keyCache().local().maxEntries()).isEqualTo(7);
      assertThat(config.providers().allowPrivateNetworks()).isTrue();
      assertThat(config.database().pool().max()).isEqualTo(20);
      assertThat(config.server().maxBodySize().bytes()).isEqualTo(64L << 20);
      assertThat(config.redis().url()).contains("redis://r:6379/0");
    }
    assertThat(ConfigFile.load(Optional.empty(), environment).database().pool().max())
        .isEqualTo(20);
  }

  @Test
  void each_scalar_has_a_variable_of_its_own() {
    assertThat(Overrides.variables().keySet())
        .contains(
            "WEIR_SERVER_PORT",
            "WEIR_DATABASE_URL",
            "WEIR_DATABASE_POOL_MAX_LIFETIME",
            "WEIR_AUTH_STALE_MAX",
            "WEIR_SANDBOX_ENABLED",
            "WEIR_UPSTREAM_IDLE_TIMEOUT",
            "WEIR_LOGGING_SAMPLE_RATE")
        .doesNotContain("WEIR_KEY_PEPPER");
  }

  @Test
  void an_empty_variable_sets_nothing() {
    var config = ConfigFile.load(
        Optional.empty(), Map.of("WEIR_REDIS_URL", "", "WEIR_DATABASE_POOL_MAX", " "));
    assertThat(config).isEqualTo(GatewayConfig.DEFAULT);
  }

  @Test
  void a_wrong_variable_is_named() throws IOException {
    assertThat(refusal(Map.of("WEIR_KEY_CACHE_TTL", "sixty"), ""))
        .startsWith("WEIR_KEY_CACHE_TTL: key_cache.ttl: must be a time with its unit")
        .contains("sixty");
    assertThat(refusal(Map.of("WEIR_KEY_CACHE_TLL", "60s"), ""))
        .contains("WEIR_KEY_CACHE_TLL")
        .contains("did you mean WEIR_KEY_CACHE_TTL?");
    assertThat(refusal(Map.of("WEIR_DATABASE_POOL_MAX", "101"), ""))
        .contains("WEIR_DATABASE_POOL_MAX")
        .contains("from 1 to 100");
  }

  @Test
  void names_of_others_with_the_prefix_are_let_be() {
    var config = ConfigFile.load(
        Optional.empty(),
        Map.of(
            "WEIR_REDIS_SERVICE_HOST", "10.0.0.1",
            "WEIR_REDIS_PORT", "tcp://10.0.0.1:6379",
            "WEIR_JAVA_HOME", "/x",
            "WEIR_KEY_PEPPER", "secret"));
    assertThat(config).isEqualTo(GatewayConfig.DEFAULT);
  }

  @Test
  void g02_an_unknown_key_is_refused_with_file_line_path_and_a_suggestion() throws IOException {
    assertThat(refusal("server:\n  port: 1\n  admin_prot: 2\n"))
        .contains("weir.yaml:3")
        .contains("server.admin_prot")
        .contains("did you mean admin_port?");
  }

  @Test
  void g02_all_that_is_wrong_is_said_at_once() throws IOException {
    assertThat(refusal("server:\n  port: eight\nkey_cache:\n  ttl: 60\nupstraem: {}\n"))
        .contains("weir.yaml:2: server.port: must be a whole number from 0 to 65535")
        .contains("weir.yaml:4: key_cache.ttl: must be a time with its unit, such as 250ms")
        .contains("weir.yaml:5: upstraem: unknown key; did you mean upstream?");
  }

  @Test
  void g01_bad_yaml_is_refused_with_its_line() throws IOException {
    assertThat(refusal("server:\n  port: [1\nx: y\n")).contains("weir.yaml:3: not YAML");
    assertThat(refusal("- a\n- b\n")).contains("weir.yaml:1").contains("is a list");
    assertThat(refusal("server: {}\n---\nserver: {}\n")).contains("second document");
    assertThat(refusal("server: &a {}\nredis: *a\n")).contains("weir.yaml:2").contains("aliases");
  }

  @Test
  void a_key_that_is_there_twice_is_refused() throws IOException {
    assertThat(refusal("server:\n  port: 1\n  port: 2\n"))
        .contains("weir.yaml:3: server.port: is there twice");
  }

  @Test
  void g03_a_missing_variable_is_named_with_its_line() throws IOException {
    assertThat(refusal("resources:\n  providers:\n  - name: a\n    base_url: ${NO_SUCH}\n"))
        .contains("weir.yaml:4: resources.providers[0].base_url: the variable NO_SUCH is not set");
    assertThat(refusal("server:\n  # ${NO_SUCH} in a comment is nothing\n  port: x\n"))
        .doesNotContain("NO_SUCH");
  }

  @Test
  void a_variable_brings_a_value_and_never_a_line() throws IOException {
    var config = load(
        Map.of("PORT", "81", "HOST", "a\nport: 9"),
        "server:\n  port: ${PORT}\n  host: ${HOST}\n  admin_port: ${OTHER:82}\n");
    assertThat(config.server().port()).isEqualTo(81);
    assertThat(config.server().adminPort()).isEqualTo(82);
    assertThat(config.server().host()).isEqualTo("a\nport: 9");
  }

  @Test
  void sections_and_values_that_are_empty_say_nothing() throws IOException {
    assertThat(load(Map.of(), "server:\nredis:\n  url:\nresources:\n  providers: []\n"))
        .isEqualTo(GatewayConfig.DEFAULT);
    assertThat(load(Map.of(), "# nothing\n")).isEqualTo(GatewayConfig.DEFAULT);
  }

  @Test
  void a_value_where_a_section_belongs_is_refused_and_not_repeated() throws IOException {
    assertThat(refusal("resources:\n  providers:\n    - sk-secret\n"))
        .contains("weir.yaml:3: resources.providers[0]: must be a section")
        .doesNotContain("sk-secret");
    assertThat(refusal("server: 8000\n")).contains("weir.yaml:1: server: must be a section");
    assertThat(refusal("server: {port: [1]}\n")).contains("server.port: must be one value");
  }

  @Test
  void two_providers_of_one_name_are_refused() throws IOException {
    var one = "  - name: a\n    base_url: http://x\n";
    assertThat(
            refusal("resources:\n  providers:\n  - name: b\n    base_url: http://x\n" + one + one))
        .contains("weir.yaml:7: resources.providers[2].name: a is there twice");
  }

  @Test
  void a_model_of_a_provider_that_is_not_there_is_refused_with_a_suggestion() throws IOException {
    assertThat(refusal("""
        resources:
          providers:
            - {name: vllm, base_url: "http://x"}
          models:
            - provider: vlm
              name: m
        """))
        .contains("weir.yaml:5: resources.models[0].provider")
        .contains("did you mean vllm?");
  }

  @Test
  void what_must_be_there_is_named_when_it_is_not() throws IOException {
    assertThat(refusal("resources:\n  providers:\n  - type: gemini\n"))
        .contains("weir.yaml:3: resources.providers[0].name: is missing");
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

  private GatewayConfig load(Map<String, String> environment, String yaml) throws IOException {
    var file = Files.writeString(folder.resolve("weir.yaml"), yaml);
    return ConfigFile.load(Optional.of(file), environment);
  }

  private String refusal(String yaml) throws IOException {
    return refusal(Map.of(), yaml);
  }

  private String refusal(Map<String, String> environment, String yaml) throws IOException {
    var file = Files.writeString(folder.resolve("weir.yaml"), yaml);
    return String.valueOf(catchThrowableOfType(
                ConfigFailure.class, () -> ConfigFile.load(Optional.of(file), environment))
            .getMessage())
        .replace(folder + "/", "");
  }
}
