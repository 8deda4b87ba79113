package dev.weir.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vendors and servers that speak OpenAI's protocol, one row each, and the environment variables that switch them on.
 * Immutable.
 *
 * <p>Base URLs as known on 2026-11-24, from vendors' API references and public code, none of them tried. A vendor's {@link Quirk} is listed where it is known to
 * refuse a request otherwise: Mistral answers 422 to {@code stream_options} and {@code max_completion_tokens} (its API
 * reference forbids extra inputs); Azure takes {@code api-key} and, at {@code /openai/v1}, the deployment as the model.
 */
public final class CompatibleProviders {
  private record Vendor(String name, String variables, String baseUrl, Translator translator) {
    Vendor(String name, String variables, String baseUrl) {
      this(name, variables, baseUrl, OpenAiTranslator.INSTANCE);
    }

    String keyVariable() {
      return variables + "_API_KEY";
    }

    String urlVariable() {
      return variables + "_BASE_URL";
    }
  }

  private static final Translator MISTRAL =
      new VendorTranslator(EnumSet.of(Quirk.NO_STREAM_OPTIONS, Quirk.NO_MAX_COMPLETION_TOKENS));
  private static final Translator AZURE = new VendorTranslator(EnumSet.of(Quirk.API_KEY_HEADER));

  private static final List<Vendor> VENDORS = List.of(
      new Vendor("openai", "OPENAI", "https://api.openai.com/v1"),
      new Vendor("mistral", "MISTRAL", "https://api.mistral.ai/v1", MISTRAL),
      new Vendor("groq", "GROQ", "https://api.groq.com/openai/v1"),
      new Vendor("deepseek", "DEEPSEEK", "https://api.deepseek.com/v1"),
      new Vendor("openrouter", "OPENROUTER", "https://openrouter.ai/api/v1"),
      new Vendor("together", "TOGETHER", "https://api.together.xyz/v1"),
      new Vendor("fireworks", "FIREWORKS", "https://api.fireworks.ai/inference/v1"),
      new Vendor("xai", "XAI", "https://api.x.ai/v1"),
      new Vendor("cerebras", "CEREBRAS", "https://api.cerebras.ai/v1"),
      new Vendor("perplexity", "PERPLEXITY", "https://api.perplexity.ai"),
      new Vendor("nvidia", "NVIDIA", "https://integrate.api.nvidia.com/v1"),
      new Vendor("moonshot", "MOONSHOT", "https://api.moonshot.ai/v1"),
      new Vendor("gemini", "GEMINI", "https://generativelanguage.googleapis.com/v1beta/openai"),
      new Vendor("huggingface", "HUGGINGFACE", "https://router.huggingface.co/v1"),
      new Vendor("sambanova", "SAMBANOVA", "https://api.sambanova.ai/v1"),
      new Vendor("cohere", "COHERE", "https://api.cohere.ai/compatibility/v1"),
      new Vendor("deepinfra", "DEEPINFRA", "https://api.deepinfra.com/v1/openai"),
      // servers of one's own: their <NAME>_BASE_URL switches them on where they need no key
      new Vendor("ollama", "OLLAMA", "http://127.0.0.1:11434/v1"),
      new Vendor("vllm", "VLLM", "http://127.0.0.1:8000/v1"),
      new Vendor("lmstudio", "LMSTUDIO", "http://127.0.0.1:1234/v1"),
      new Vendor("llamacpp", "LLAMACPP", "http://127.0.0.1:8080/v1"));

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
            key.map(secret -> List.of(new Credential(vendor.name(), secret))).orElse(List.of()),
            List.of(),
            Reach.ANYWHERE,
            vendor.translator()));
      }
    }
    azure(environment).ifPresent(found::add);
    return List.copyOf(found);
  }

  /** Azure OpenAI needs both of its variables: every customer has an endpoint of their own. */
  private static Optional<RemoteProvider> azure(Map<String, String> environment) {
    return value(environment, "AZURE_OPENAI_ENDPOINT")
        .map(endpoint -> new RemoteProvider(
            "azure",
            azureUrl(baseUrl("AZURE_OPENAI_ENDPOINT", endpoint)),
            value(environment, "AZURE_OPENAI_API_KEY")
                .map(secret -> List.of(new Credential("azure", secret)))
                .orElse(List.of()),
            List.of(),
            Reach.ANYWHERE,
            AZURE));
  }

  // the resource's own address is what the portal shows
  private static URI azureUrl(URI url) {
    return url.getPath() == null || url.getPath().isEmpty() ? URI.create(url + "/openai/v1") : url;
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
