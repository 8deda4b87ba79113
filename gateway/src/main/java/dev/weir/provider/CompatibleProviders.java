package dev.weir.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vendors that speak OpenAI's protocol, and the environment variables that switch them on. Base URLs from the vendors'
 * API references, read 2026-11-24. Immutable.
 */
public final class CompatibleProviders {
  private record Vendor(String name, String variables, String baseUrl) {
    String keyVariable() {
      return variables + "_API_KEY";
    }

    String urlVariable() {
      return variables + "_BASE_URL";
    }
  }

  private static final List<Vendor> VENDORS = List.of(
      new Vendor("openai", "OPENAI", "https://api.openai.com/v1"),
      new Vendor("mistral", "MISTRAL", "https://api.mistral.ai/v1"),
      new Vendor("groq", "GROQ", "https://api.groq.com/openai/v1"),
      new Vendor("deepseek", "DEEPSEEK", "https://api.deepseek.com/v1"),
      new Vendor("openrouter", "OPENROUTER", "https://openrouter.ai/api/v1"),
      new Vendor("together", "TOGETHER", "https://api.together.xyz/v1"),
      new Vendor("fireworks", "FIREWORKS", "https://api.fireworks.ai/inference/v1"),
      new Vendor("xai", "XAI", "https://api.x.ai/v1"),
      new Vendor("cerebras", "CEREBRAS", "https://api.cerebras.ai/v1"),
      new Vendor("perplexity", "PERPLEXITY", "https://api.perplexity.ai"),
      new Vendor("nvidia", "NVIDIA", "https://integrate.api.nvidia.com/v1"),
      new Vendor("moonshot", "MOONSHOT", "https://api.moonshot.ai/v1"));

  private CompatibleProviders() {}

  /**
   * The providers that an environment speaks of: a vendor with its key, or with a base URL of the operator's own.
   *
   * @throws IllegalArgumentException naming the variable that holds no base URL
   */
  public static List<RemoteProvider> fromEnvironment(Map<String, String> environment) {
    var found = new ArrayList<RemoteProvider>();
    for (var vendor : VENDORS) {
      var key = value(environment, vendor.keyVariable());
      var url = value(environment, vendor.urlVariable());
      if (key.isPresent() || url.isPresent()) {
        found.add(new RemoteProvider(
            vendor.name(),
            baseUrl(vendor.urlVariable(), url.orElse(vendor.baseUrl())),
            key.orElse(""),
            List.of()));
      }
    }
    return List.copyOf(found);
  }

  /**
   * Reads a base URL as operators write it; a slash at its end is taken away.
   *
   * @param where what holds it, for the message
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static URI baseUrl(String where, String text) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException bad) {
      throw new IllegalArgumentException(where + " is not a URL: " + bad.getReason());
    }
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(where + " must begin with http:// or https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(where + " names no host");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          where + " must hold no user, query or fragment; keys have a variable of their own");
    }
    var plain = url.toString();
    return URI.create(plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
