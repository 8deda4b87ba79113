package dev.weir.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of provider: what configuration names as its {@code type}, where it is, and which protocol it speaks. Immutable;
 * one constant each, listed in the root's {@code Providers}.
 */
public interface Vendor {
  /** The name in configuration, and the name of the provider that the environment makes. */
  String type();

  /** What its environment variables begin with: {@code OPENAI} for {@code OPENAI_API_KEY} and {@code OPENAI_BASE_URL}. */
  String variables();

  /** The address where none is given; empty when every customer has another. */
  Optional<String> home(ProviderSettings settings);

  /** The address as requests need it, of one as operators write it. */
  default URI complete(URI written, ProviderSettings settings) {
    return written;
  }

  /** Settings that it cannot do without. */
  default Set<ProviderSettings.Field> needs() {
    return Set.of();
  }

  /** Settings that it takes besides. */
  default Set<ProviderSettings.Field> takes() {
    return Set.of();
  }

  /** Its protocol, so set. */
  Translator translator(ProviderSettings settings);

  /** What an environment says of it; empty when it does not speak of it. */
  default Optional<Found> environment(Map<String, String> environment) {
    var key = Vendors.value(environment, variables() + "_API_KEY");
    var url = Vendors.value(environment, variables() + "_BASE_URL");
    return key.isEmpty() && url.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(url, key.stream().toList(), ProviderSettings.NONE));
  }

  /**
   * A provider in an environment.
   *
   * @param url as the operator wrote it; empty for the vendor's own
   */
  record Found(Optional<String> url, List<String> secrets, ProviderSettings settings) {
    public Found {
      secrets = List.copyOf(secrets);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Found[" + url + "]";
    }
  }
}
