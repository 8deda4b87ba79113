package dev.weir.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.openai.ChatRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompatibleProvidersTest {
  private static RemoteProvider only(Map<String, String> environment) {
    var found = dev.weir.Providers.ALL.fromEnvironment(environment);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static String sent(RemoteProvider provider, String body) {
    var request = ChatRequest.read(body.getBytes(UTF_8));
    return new String(provider.translator().call(request, "m", Instant.EPOCH).body(), UTF_8);
  }

  @Test
  void a_key_in_the_environment_is_all_a_vendor_needs() {
    var groq = only(Map.of("GROQ_API_KEY", "key"));
    assertThat(groq.baseUrl().toString()).isEqualTo("https://api.groq.com/openai/v1");
    assertThat(groq.translator().present(groq.credentials().getFirst()))
        .isEqualTo(new Presentation.Fixed(List.of(Map.entry("authorization", "Bearer key"))));
  }

  @Test
  void a_server_of_ones_own_needs_its_address_only() {
    var ollama = only(Map.of("OLLAMA_BASE_URL", "http://127.0.0.1:11434/v1/"));
    assertThat(ollama.baseUrl().toString()).isEqualTo("http://127.0.0.1:11434/v1");
    assertThat(ollama.translator().present(ollama.credentials().getFirst()))
        .isEqualTo(Presentation.NONE);
  }

  @Test
  void mistral_is_not_sent_what_it_refuses() {
    var mistral = only(Map.of("MISTRAL_API_KEY", "key"));
    var asked =
        "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,"
            + "\"max_completion_tokens\":7}";
    assertThat(sent(mistral, asked))
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,"
                + "\"max_tokens\":7}");
    var plain = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    assertThat(sent(mistral, plain)).isEqualTo(plain);
  }

  @Test
  void azure_is_found_by_its_endpoint_and_takes_its_own_header() {
    var azure = only(Map.of(
        "AZURE_OPENAI_API_KEY", "key",
        "AZURE_OPENAI_ENDPOINT", "https://acme.openai.azure.com/"));
    assertThat(azure.baseUrl().toString()).isEqualTo("https://acme.openai.azure.com/openai/v1");
    assertThat(azure.translator().present(azure.credentials().getFirst()))
        .isEqualTo(new Presentation.Fixed(List.of(Map.entry("api-key", "key"))));
  }
}
