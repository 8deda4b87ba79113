package dev.weir.provider;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The vendors and servers that speak OpenAI's protocol, one row each, and the environment variables that switch them on.
 * Immutable.
 *
 * <p>None was tried; docs/providers.md says which vendor's pages were read, and when. A vendor's {@link Quirk} is listed where
 * it is known to refuse a request otherwise: Mistral answers 422 to {@code stream_options} and {@code max_completion_tokens} (its API
 * reference forbids extra inputs).
 */
public final class CompatibleProviders {
  /** One row. */
  private record Compatible(String type, String variables, String baseUrl, Translator translator)
      implements Vendor {
    Compatible(String type, String variables, String baseUrl) {
      this(type, variables, baseUrl, OpenAiTranslator.INSTANCE);
    }

    @Override
    public Optional<String> home(ProviderSettings settings) {
      return Optional.of(baseUrl);
    }

    @Override
    public Translator translator(ProviderSettings settings) {
      return translator;
    }
  }

  private static final Translator MISTRAL =
      new VendorTranslator(EnumSet.of(Quirk.NO_STREAM_OPTIONS, Quirk.NO_MAX_COMPLETION_TOKENS));

  /** The rows. */
  public static final List<Vendor> VENDORS = List.of(
      new Compatible("openai", "OPENAI", "https://api.openai.com/v1"),
      new Compatible("mistral", "MISTRAL", "https://api.mistral.ai/v1", MISTRAL),
      new Compatible("groq", "GROQ", "https://api.groq.com/openai/v1"),
      new Compatible("deepseek", "DEEPSEEK", "https://api.deepseek.com/v1"),
      new Compatible("openrouter", "OPENROUTER", "https://openrouter.ai/api/v1"),
      new Compatible("together", "TOGETHER", "https://api.together.xyz/v1"),
      new Compatible("fireworks", "FIREWORKS", "https://api.fireworks.ai/inference/v1"),
      new Compatible("xai", "XAI", "https://api.x.ai/v1"),
      new Compatible("cerebras", "CEREBRAS", "https://api.cerebras.ai/v1"),
      new Compatible("perplexity", "PERPLEXITY", "https://api.perplexity.ai"),
      new Compatible("nvidia", "NVIDIA", "https://integrate.api.nvidia.com/v1"),
      new Compatible("moonshot", "MOONSHOT", "https://api.moonshot.ai/v1"),
      new Compatible("huggingface", "HUGGINGFACE", "https://router.huggingface.co/v1"),
      new Compatible("sambanova", "SAMBANOVA", "https://api.sambanova.ai/v1"),
      new Compatible("deepinfra", "DEEPINFRA", "https://api.deepinfra.com/v1/openai"),
      // servers of one's own: their <NAME>_BASE_URL switches them on where they need no key
      new Compatible("ollama", "OLLAMA", "http://127.0.0.1:11434/v1"),
      new Compatible("vllm", "VLLM", "http://127.0.0.1:8000/v1"),
      new Compatible("lmstudio", "LMSTUDIO", "http://127.0.0.1:1234/v1"),
      new Compatible("llamacpp", "LLAMACPP", "http://127.0.0.1:8080/v1"));

  private CompatibleProviders() {}
}
