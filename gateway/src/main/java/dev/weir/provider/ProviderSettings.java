package dev.weir.provider;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider is told beside its address and its credentials. A type takes only what means something to it. Immutable.
 *
 * @param region where a cloud serves the models: {@code eu-central-1}, {@code europe-west4}, {@code global}
 * @param project of Google Cloud
 * @param apiVersion of Azure OpenAI's older paths: {@code 2024-10-21}
 * @param deployments Azure's names of deployments by the names that models are asked for by
 */
public record ProviderSettings(
    Optional<String> region,
    Optional<String> project,
    Optional<String> apiVersion,
    Map<String, String> deployments) {
  public static final ProviderSettings NONE =
      new ProviderSettings(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public ProviderSettings {
    deployments = Map.copyOf(deployments);
  }

  /** One of the settings, as configuration names it. */
  public enum Field {
    REGION,
    PROJECT,
    API_VERSION,
    DEPLOYMENTS;

    /** The name in the file and in the admin API. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Those that are given. */
  Set<Field> given() {
    var given = EnumSet.noneOf(Field.class);
    region.ifPresent(_ -> given.add(Field.REGION));
    project.ifPresent(_ -> given.add(Field.PROJECT));
    apiVersion.ifPresent(_ -> given.add(Field.API_VERSION));
    if (!deployments.isEmpty()) {
      given.add(Field.DEPLOYMENTS);
    }
    return given;
  }
}
