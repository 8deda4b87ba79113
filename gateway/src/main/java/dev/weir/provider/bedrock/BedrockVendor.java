package dev.weir.provider.bedrock;

import dev.weir.protocol.json.JsonWriter;
import dev.weir.provider.PathSegment;
import dev.weir.provider.ProviderSettings;
import dev.weir.provider.ProviderSettings.Field;
import dev.weir.provider.Translator;
import dev.weir.provider.Vendor;
import dev.weir.provider.Vendors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Amazon Bedrock. Immutable. */
public record BedrockVendor() implements Vendor {
  @Override
  public String type() {
    return "bedrock";
  }

  @Override
  public String variables() {
    return "BEDROCK";
  }

  @Override
  public Set<Field> needs() {
    return Set.of(Field.REGION);
  }

  @Override
  public Optional<String> home(ProviderSettings settings) {
    var region = PathSegment.of(settings.region().orElseThrow());
    return Optional.of("https://bedrock-runtime." + region + ".amazonaws.com");
  }

  @Override
  public Translator translator(ProviderSettings settings) {
    return new BedrockTranslator(settings.region().orElseThrow());
  }

  /** The variables of AWS's own clients; a region is what switches it on, for keys alone serve many other purposes. */
  @Override
  public Optional<Found> environment(Map<String, String> environment) {
    var region = Vendors.value(environment, "AWS_REGION")
        .or(() -> Vendors.value(environment, "AWS_DEFAULT_REGION"));
    var secret =
        Vendors.value(environment, "AWS_BEARER_TOKEN_BEDROCK").or(() -> accessKey(environment));
    return region.isEmpty() || secret.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(
            Vendors.value(environment, "BEDROCK_BASE_URL"),
            List.of(secret.get()),
            new ProviderSettings(region, Optional.empty(), Optional.empty(), Map.of())));
  }

  private static Optional<String> accessKey(Map<String, String> environment) {
    var json = new JsonWriter().object();
    for (var name : List.of("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN")) {
      Vendors.value(environment, "AWS_" + name)
          .ifPresent(value -> json.name(name.toLowerCase(java.util.Locale.ROOT)).value(value));
    }
    return Vendors.value(environment, "AWS_ACCESS_KEY_ID")
        .map(_ -> new String(json.endObject().bytes(), StandardCharsets.UTF_8));
  }
}
