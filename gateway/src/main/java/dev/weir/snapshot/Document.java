package dev.weir.snapshot;

import dev.weir.provider.ProviderSettings;
import java.util.List;
import java.util.Optional;

/** A row of the store that is compiled before requests see it. Immutable; JSON stands in it as text. */
public sealed interface Document {
  String id();

  /** The row's own version, as its ETag says it. */
  long version();

  /** The kind in one word, for logs and metrics. */
  default String kind() {
    return switch (this) {
      case Profile _ -> "guardrail_profile";
      case Policy _ -> "routing_policy";
      case Route _ -> "api_route";
      case ProviderRow _ -> "provider";
    };
  }

  /** @param rules a JSON array, as contracts §6 has it */
  record Profile(String id, String name, long version, String rules) implements Document {}

  /**
   * @param match a JSON object
   * @param strategy a JSON object
   * @param bound whether a key, team, department or the tenant names the policy
   */
  record Policy(String id, String name, long version, String match, String strategy, boolean bound)
      implements Document {}

  /** @param parameters a JSON object */
  record Route(
      String id,
      long version,
      String path,
      String method,
      String protocol,
      int priority,
      Optional<String> policyId,
      Optional<String> model,
      Optional<String> profileId,
      String parameters)
      implements Document {}

  /**
   * @param managedBy {@code file} for the operator's own, {@code api} for what the admin API wrote
   * @param credentials opened: secrets
   * @param models none: any name is passed on
   */
  record ProviderRow(
      String id,
      String name,
      String type,
      String baseUrl,
      ProviderSettings settings,
      String managedBy,
      long version,
      List<OpenCredential> credentials,
      List<ModelRow> models)
      implements Document {
    public ProviderRow {
      credentials = List.copyOf(credentials);
      models = List.copyOf(models);
    }
  }

  /** A provider's credential in clear. */
  record OpenCredential(String id, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "OpenCredential[" + id + "]";
    }
  }

  /** One model of a provider, with what it costs from when. */
  record ModelRow(String id, String name, List<PriceRow> prices) {
    public ModelRow {
      prices = List.copyOf(prices);
    }
  }

  /** Nano-dollars per million tokens, valid from an instant. */
  record PriceRow(
      java.time.Instant validFrom, long inputNanos, long outputNanos, Optional<Long> cachedNanos) {}
}
