package dev.weir.provider.anthropic;

import dev.weir.provider.ProviderSettings;
import dev.weir.provider.Translator;
import dev.weir.provider.Vendor;
import java.net.URI;
import java.util.Optional;

/** Anthropic. Immutable. */
public record AnthropicVendor() implements Vendor {
  @Override
  public String type() {
    return "anthropic";
  }

  @Override
  public String variables() {
    return "ANTHROPIC";
  }

  @Override
  public Optional<String> home(ProviderSettings settings) {
    return Optional.of("https://api.anthropic.com");
  }

  /** Anthropic's own clients take the address without the version that all paths begin with. */
  @Override
  public URI complete(URI written, ProviderSettings settings) {
    return written.getPath().endsWith("/v1") ? written : URI.create(written + "/v1");
  }

  @Override
  public Translator translator(ProviderSettings settings) {
    return AnthropicTranslator.INSTANCE;
  }
}
