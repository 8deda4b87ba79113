package dev.weir.provider.cohere;

import dev.weir.provider.ProviderSettings;
import dev.weir.provider.Translator;
import dev.weir.provider.Vendor;
import java.util.Optional;

/** Cohere. Immutable. */
public record CohereVendor() implements Vendor {
  @Override
  public String type() {
    return "cohere";
  }

  @Override
  public String variables() {
    return "COHERE";
  }

  @Override
  public Optional<String> home(ProviderSettings settings) {
    return Optional.of("https://api.cohere.com");
  }

  @Override
  public Translator translator(ProviderSettings settings) {
    return new CohereTranslator();
  }
}
