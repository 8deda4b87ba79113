package dev.weir.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Providers;
import dev.weir.config.ConfigFile;
import dev.weir.protocol.InvalidDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VendorsTest {
  private static final Vendors ALL = Providers.ALL;

  @Test
  void file_and_admin_api_take_every_type_there_is() throws IOException {
    var contract = Files.readString(Path.of("src/main/resources/openapi/admin.yaml"));
    assertThat(contract).contains("enum: [" + String.join(", ", ALL.types()) + "]");
    var file = ConfigFile.schema().replaceAll("\\s", "");
    assertThat(file).contains("[\"" + String.join("\",\"", ALL.types()) + "\"]");
  }

  @Test
  void every_type_is_documented() throws IOException {
    var page = Files.readString(Path.of("../docs/providers.md"));
    assertThat(ALL.types()).allSatisfy(type -> assertThat(page).contains("| `" + type + "` |"));
  }

  @Test
  void clouds_have_addresses_by_region() {
    var vertex = new ProviderSettings(
        Optional.of("europe-west4"), Optional.of("acme"), Optional.empty(), Map.of());
    assertThat(ALL.baseUrl("vertex", Optional.empty(), vertex).toString())
        .isEqualTo(
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/acme/locations/europe-west4");
    var global = new ProviderSettings(
        Optional.of("global"), Optional.of("acme"), Optional.empty(), Map.of());
    assertThat(ALL.baseUrl("vertex", Optional.empty(), global).toString())
        .isEqualTo("https://aiplatform.googleapis.com/v1/projects/acme/locations/global");
  }

  @Test
  void a_setting_that_means_nothing_to_a_type_is_refused() {
    var region =
        new ProviderSettings(Optional.of("r"), Optional.empty(), Optional.empty(), Map.of());
    assertThatThrownBy(() -> ALL.baseUrl("groq", Optional.empty(), region))
        .isInstanceOfSatisfying(
            InvalidDocument.class, wrong -> assertThat(wrong.path()).isEqualTo("region"));
  }

  @Test
  void clouds_are_found_in_the_environment() {
    var bedrock = ALL.fromEnvironment(Map.of(
        "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s"));
    assertThat(bedrock).singleElement().satisfies(found -> {
      assertThat(found.name()).isEqualTo("bedrock");
      assertThat(found.baseUrl().getHost()).isEqualTo("bedrock-runtime.eu-west-1.amazonaws.com");
    });
    assertThat(ALL.fromEnvironment(Map.of("AWS_ACCESS_KEY_ID", "AKID"))).isEmpty();
    assertThatThrownBy(() -> ALL.fromEnvironment(Map.of("VERTEX_SERVICE_ACCOUNT", "{}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vertex");
    var azure = ALL.fromEnvironment(Map.of(
        "AZURE_OPENAI_ENDPOINT", "https://acme.openai.azure.com",
        "AZURE_OPENAI_API_VERSION", "2024-10-21"));
    assertThat(azure.getFirst().baseUrl().toString())
        .isEqualTo("https://acme.openai.azure.com/openai");
  }
}
