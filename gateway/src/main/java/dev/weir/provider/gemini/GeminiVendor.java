package dev.weir.provider.gemini;

import dev.weir.provider.ProviderSettings;
import dev.weir.provider.Translator;
import dev.weir.provider.Vendor;
import java.util.Optional;

/** The Gemini API (AI Studio). Immutable. */
public record GeminiVendor() implements Vendor {
  @Override
  public String type() {
    return "gemini";
  }

  @Override
  public String variables() {
    return "GEMINI";
  }

  @Override
  public Optional<String> home(ProviderSettings settings) {
    return Optional.of("https://generativelanguage.googleapis.com/v1beta");
  }

  @Override
  public Translator translator(ProviderSettings settings) {
    return new GeminiTranslator(GeminiTranslator.Surface.GEMINI_API);
  }
}
