package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Providers;
import dev.weir.cli.litellm.LiteLlmImport;
import dev.weir.config.ConfigFile;
import dev.weir.declared.DeclaredFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class LiteLlmImportTest {
  private static final Path SAMPLES = Path.of("src/test/resources/litellm");

  @TempDir
  private Path folder = Path.of("");

  private static LiteLlmImport.Imported imported(String name) throws IOException {
    return LiteLlmImport.of(name, Files.readString(SAMPLES.resolve(name)), "Acme");
  }

  private static JsonNode made(LiteLlmImport.Imported imported) {
    return new YAMLMapper().readTree(imported.yaml());
  }

  @ParameterizedTest
  @ValueSource(strings = {"balanced.yaml", "local.yaml"})
  void what_is_made_passes_the_check_without_any_variable_set(String name) throws IOException {
    var file = folder.resolve("weir.yaml");
    Files.writeString(file, imported(name).yaml());
    DeclaredFile.check(ConfigFile.read(Optional.of(file), Map.of()), Providers.ALL);
  }

  @Test
  void deployments_of_one_name_share_its_requests_and_fall_back_without_a_circle()
      throws IOException {
    var made = made(imported("balanced.yaml"));
    var policy = made.at("/resources/routing_policies/0");
    assertThat(policy.at("/match/models").toString()).isEqualTo("[\"gpt-4o\",\"gpt-4\"]");
    assertThat(policy.at("/strategy").toString())
        .isEqualTo("{\"type\":\"fallback\",\"targets\":[{\"type\":\"weighted\",\"targets\":["
            + "{\"model\":\"azure/gpt-4o-eu\",\"weight\":6},{\"model\":\"azure-2/gpt-4o-ca\",\"weight\":3}]},"
            + "{\"model\":\"anthropic/claude-sonnet-4-5\"},{\"model\":\"groq/llama-3.1-8b-instant\"}],"
            + "\"attempts\":{\"retries\":3}}");
    assertThat(made.at("/resources/providers/0/base_url").asString())
        .isEqualTo("https://acme-eu.openai.azure.com/openai/v1");
    assertThat(made.at("/resources/providers/0/credentials/0/api_key").asString())
        .isEqualTo("${AZURE_API_KEY_EU:set-AZURE_API_KEY_EU}");
    assertThat(made.at("/upstream/total_timeout").asString()).isEqualTo("120000ms");
    assertThat(made.at("/database/url").asString()).startsWith("${DATABASE_URL:");
  }

  @Test
  void prices_for_a_token_become_prices_for_a_million() throws IOException {
    var models = made(imported("balanced.yaml")).at("/resources/models");
    var price = models.get(models.size() - 1).at("/prices/0");
    assertThat(price.get("input_usd_per_million").asDecimal()).isEqualByComparingTo("0.05");
    assertThat(price.get("output_usd_per_million").asDecimal()).isEqualByComparingTo("0.08");
  }

  @Test
  void what_was_not_brought_over_is_said_with_its_line() throws IOException {
    assertThat(imported("balanced.yaml").notes())
        .anyMatch(
            note -> note.startsWith("balanced.yaml:20: model_list[2].litellm_params.temperature: "))
        .anyMatch(
            note -> note.startsWith("balanced.yaml:30: litellm_settings.drop_params: not brought"))
        .anyMatch(note -> note.contains("master_key"))
        .anyMatch(note -> note.contains("redis_host"))
        .anyMatch(note -> note.contains("cooldown_time"))
        .anyMatch(note -> note.contains("context_window_fallbacks"))
        .anyMatch(note -> note.contains("success_callback"));
    assertThat(imported("local.yaml").notes())
        .anyMatch(note -> note.contains("replicate"))
        .anyMatch(note -> note.contains("aporia"))
        .anyMatch(note -> note.contains("US_DRIVER_LICENSE"))
        .anyMatch(note -> note.contains("LANGFUSE_PUBLIC_KEY"))
        .anyMatch(note -> note.contains("bedrock") || note.contains("AWS_ACCESS_KEY_ID"));
  }

  @Test
  void no_secret_is_copied() throws IOException {
    for (var name : java.util.List.of("balanced.yaml", "local.yaml")) {
      var imported = imported(name);
      assertThat(imported.yaml() + imported.notes())
          .doesNotContain("sk-proj-in-clear")
          .doesNotContain("sk-1234-master")
          .doesNotContain("pk-1");
    }
  }

  @Test
  void guardrails_become_a_profile_of_the_tenant() throws IOException {
    var made = made(imported("local.yaml"));
    assertThat(made.at("/resources/tenants/0/guardrail_profile").asString()).isEqualTo("imported");
    assertThat(made.at("/resources/guardrail_profiles/0/rules").toString())
        .isEqualTo(
            "[{\"guardrail\":\"pii.email\",\"action\":\"redact\",\"directions\":[\"input\",\"output\"]},"
                + "{\"guardrail\":\"pii.card\",\"action\":\"block\",\"directions\":[\"input\",\"output\"]},"
                + "{\"guardrail\":\"injection\",\"action\":\"block\",\"directions\":[\"input\"]}]");
  }

  @Test
  void the_command_prints_the_file_and_says_the_rest_beside_it() {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = new CommandLine(new WeirCommand());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertThat(line.execute("import", "litellm", SAMPLES.resolve("local.yaml").toString()))
        .isZero();
    assertThat(out.toString()).contains("routing_policies").doesNotContain("not brought");
    assertThat(err.toString()).contains("local.yaml:").contains("not brought over");
  }

  @Test
  void what_is_no_configuration_of_the_other_gateway_is_refused() {
    assertThatThrownBy(() -> LiteLlmImport.of("x.yaml", "server: {port: 8000}", "t"))
        .hasMessageContaining("model_list");
    assertThatThrownBy(() -> LiteLlmImport.of("x.yaml", "a: [1", "t"))
        .hasMessageContaining("not YAML");
  }
}
