package dev.weir.provider.azure;

import dev.weir.provider.ProviderSettings;
import dev.weir.provider.ProviderSettings.Field;
import dev.weir.provider.Translator;
import dev.weir.provider.Vendor;
import dev.weir.provider.Vendors;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Azure OpenAI. Immutable. */
public record AzureVendor() implements Vendor {
  @Override
  public String type() {
    return "azure";
  }

  @Override
  public String variables() {
    return "AZURE_OPENAI";
  }

  @Override
  public Optional<String> home(ProviderSettings settings) {
    return Optional.empty();
  }

  /** The resource's own address is what the portal shows. */
  @Override
  public URI complete(URI written, ProviderSettings settings) {
    if (written.getPath() != null && !written.getPath().isEmpty()) {
      return written;
    }
    return URI.create(written + (settings.apiVersion().isPresent() ? "/openai" : "/openai/v1"));
  }

  @Override
  public Set<Field> takes() {
    return Set.of(Field.API_VERSION, Field.DEPLOYMENTS);
  }

  @Override
  public Translator translator(ProviderSettings settings) {
    return new AzureTranslator(settings.apiVersion(), settings.deployments());
  }

  /** The variables of Microsoft's own clients; the endpoint is what switches it on. */
  @Override
  public Optional<Found> environment(Map<String, String> environment) {
    var key = Vendors.value(environment, "AZURE_OPENAI_API_KEY").stream().toList();
    var version = Vendors.value(environment, "AZURE_OPENAI_API_VERSION");
    return Vendors.value(environment, "AZURE_OPENAI_ENDPOINT")
        .map(url -> new Found(
            Optional.of(url),
            List.copyOf(key),
            new ProviderSettings(Optional.empty(), Optional.empty(), version, Map.of())));
  }
}
