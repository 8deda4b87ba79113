package dev.weir.provider.gemini;

import dev.weir.provider.PathSegment;
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

/** Vertex AI on Google Cloud. Immutable. */
public record VertexVendor() implements Vendor {
  @Override
  public String type() {
    return "vertex";
  }

  @Override
  public String variables() {
    return "VERTEX";
  }

  @Override
  public Set<Field> needs() {
    return Set.of(Field.REGION, Field.PROJECT);
  }

  @Override
  public Optional<String> home(ProviderSettings settings) {
    var region = PathSegment.of(settings.region().orElseThrow());
    var host = region.equals("global") ? "" : region + "-";
    return Optional.of("https://" + host + "aiplatform.googleapis.com");
  }

  /** Project and location stand in every path; a base URL may be a private endpoint's. */
  @Override
  public URI complete(URI written, ProviderSettings settings) {
    return written.getPath().contains("/projects/")
        ? written
        : URI.create(
            written + "/v1/projects/" + PathSegment.of(settings.project().orElseThrow())
                + "/locations/" + PathSegment.of(settings.region().orElseThrow()));
  }

  @Override
  public Translator translator(ProviderSettings settings) {
    return new GeminiTranslator(GeminiTranslator.Surface.VERTEX);
  }

  /** The service account's key file, as text, in one variable; project and location as Google's own clients name them. */
  @Override
  public Optional<Found> environment(Map<String, String> environment) {
    return Vendors.value(environment, "VERTEX_SERVICE_ACCOUNT")
        .map(file -> new Found(
            Vendors.value(environment, "VERTEX_BASE_URL"),
            List.of(file),
            new ProviderSettings(
                Vendors.value(environment, "GOOGLE_CLOUD_LOCATION"),
                Vendors.value(environment, "GOOGLE_CLOUD_PROJECT"),
                Optional.empty(),
                Map.of())));
  }
}
