package dev.weir;

import dev.weir.provider.CompatibleProviders;
import dev.weir.provider.Credential;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.Translator;
import dev.weir.provider.anthropic.AnthropicTranslator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protocols that providers speak, by the name that configuration and admin API give as {@code type}. Stateless. */
public final class Providers {
  private Providers() {}

  /**
   * The protocol of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Translator translator(String type) {
    return switch (type) {
      case "openai" -> OpenAiTranslator.INSTANCE;
      case "anthropic" -> AnthropicTranslator.INSTANCE;
      default ->
        throw new IllegalArgumentException("type must be openai or anthropic, and is " + type);
    };
  }

  /**
   * Reads a base URL as the operators of such a provider write it.
   *
   * @param where what holds it, for the message
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static URI baseUrl(String where, String type, String text) {
    var url = CompatibleProviders.baseUrl(where, text);
    // Anthropic's own clients take it without the version that all paths begin with
    return type.equals("anthropic") && !url.getPath().endsWith("/v1")
        ? URI.create(url + "/v1")
        : url;
  }

  /** The providers that an environment speaks of. */
  public static List<RemoteProvider> fromEnvironment(Map<String, String> environment) {
    var found = new ArrayList<>(CompatibleProviders.fromEnvironment(environment));
    var key = present(environment, "ANTHROPIC_API_KEY");
    var url = present(environment, "ANTHROPIC_BASE_URL");
    if (key.isPresent() || url.isPresent()) {
      found.add(new RemoteProvider(
          "anthropic",
          baseUrl("ANTHROPIC_BASE_URL", "anthropic", url.orElse("https://api.anthropic.com")),
          key.map(secret -> List.of(new Credential("anthropic", secret))).orElse(List.of()),
          List.of(),
          Reach.ANYWHERE,
          AnthropicTranslator.INSTANCE));
    }
    return List.copyOf(found);
  }

  private static Optional<String> present(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
