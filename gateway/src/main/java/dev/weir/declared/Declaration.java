package dev.weir.declared;

import dev.weir.config.Resources;
import dev.weir.config.WrittenConfig;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.identity.Network;
import dev.weir.protocol.InvalidDocument;
import dev.weir.provider.CredentialParts;
import dev.weir.provider.ProviderSettings;
import dev.weir.provider.Vendors;
import dev.weir.routing.RoutingPolicy;
import dev.weir.store.Aggregate;
import dev.weir.store.Aggregates;
import dev.weir.store.DeclaredRow;
import dev.weir.store.Prices;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns what a file declares into rows, and checks what only other packages know. Used by one thread. */
final class Declaration {
  private static final JsonMapper JSON = new JsonMapper();

  private final WrittenConfig written;
  private final Function<String, Optional<ObjectNode>> keys;
  private final Detectors detectors;
  private final Vendors vendors;
  private final List<DeclaredRow> rows = new ArrayList<>();

  private Declaration(
      WrittenConfig written,
      Function<String, Optional<ObjectNode>> keys,
      Detectors detectors,
      Vendors vendors) {
    this.written = written;
    this.keys = keys;
    this.detectors = detectors;
    this.vendors = vendors;
  }

  /**
   * The rows that a file declares.
   *
   * @param keys the columns of a key's text; empty for one that this installation did not make
   * @throws dev.weir.config.ConfigFailure with file, line and path of what is wrong
   */
  static List<DeclaredRow> rows(
      WrittenConfig written,
      Function<String, Optional<ObjectNode>> keys,
      Detectors detectors,
      Vendors vendors) {
    var declaration = new Declaration(written, keys, detectors, vendors);
    declaration.read(written.config().resources());
    return declaration.rows;
  }

  private void read(Resources resources) {
    each(
        "tenants",
        resources.tenants(),
        (path, tenant) -> add(
            Aggregates.TENANTS,
            path,
            level(tenant.name(), tenant.active()),
            names()
                .with("guardrail_profile_id", tenant.guardrailProfile())
                .with("routing_policy_id", tenant.routingPolicy())));
    each("guardrail_profiles", resources.guardrailProfiles(), this::profile);
    each("routing_policies", resources.routingPolicies(), this::policy);
    each(
        "departments",
        resources.departments(),
        (path, department) -> add(
            Aggregates.DEPARTMENTS,
            path,
            level(department.name(), department.active()),
            names()
                .with("tenant_id", Optional.of(department.tenant()))
                .with("guardrail_profile_id", department.guardrailProfile())
                .with("routing_policy_id", department.routingPolicy())));
    each(
        "teams",
        resources.teams(),
        (path, team) -> add(
            Aggregates.TEAMS,
            path,
            level(team.name(), team.active()),
            names()
                .with("tenant_id", Optional.of(team.tenant()))
                .with("department_id", Optional.of(team.department()))
                .with("guardrail_profile_id", team.guardrailProfile())
                .with("routing_policy_id", team.routingPolicy())));
    each("api_keys", resources.apiKeys(), this::key);
    each("api_routes", resources.apiRoutes(), this::route);
    each("providers", resources.providers(), this::provider);
    each(
        "models",
        resources.models(),
        (path, model) -> rows.add(new DeclaredRow(
            Aggregates.MODELS,
            path,
            level(model.name(), model.active()),
            Map.of("provider_id", model.provider()),
            List.of(),
            prices(model.prices()))));
  }

  /** What one object of a list becomes. */
  private interface Reading<T> {
    void read(String path, T object);
  }

  private static <T> void each(String list, List<T> all, Reading<T> reading) {
    for (var i = 0; i < all.size(); i++) {
      reading.read("resources." + list + "[" + i + "]", all.get(i));
    }
  }

  /** Columns with the names of what they refer to. */
  private record Names(Map<String, String> columns) {
    Names with(String column, Optional<String> name) {
      name.ifPresent(known -> columns.put(column, known));
      return this;
    }
  }

  private static Names names() {
    return new Names(new LinkedHashMap<>());
  }

  private static ObjectNode level(String name, Optional<Boolean> active) {
    return JSON.createObjectNode().put("name", name).put("active", active.orElse(true));
  }

  private void add(Aggregate aggregate, String path, ObjectNode fields, Names names) {
    rows.add(new DeclaredRow(aggregate, path, fields, names.columns(), List.of(), List.of()));
  }

  private void profile(String path, Resources.GuardrailProfile profile) {
    var rules = JSON.createArrayNode().addAll(profile.rules());
    try {
      var _ = GuardrailProfile.read("", profile.name(), 0, rules.toString(), detectors);
    } catch (InvalidDocument wrong) {
      throw written.failure(path + "." + wrong.path(), String.valueOf(wrong.getMessage()));
    }
    var fields = level(profile.name(), profile.active());
    fields.set("rules", rules);
    add(
        Aggregates.GUARDRAIL_PROFILES,
        path,
        fields,
        names().with("tenant_id", Optional.of(profile.tenant())));
  }

  private void policy(String path, Resources.RoutingPolicy policy) {
    var match = policy.match().orElseGet(JSON::createObjectNode);
    try {
      var _ = RoutingPolicy.read(
          "", policy.name(), 0, match.toString(), policy.strategy().toString());
    } catch (InvalidDocument wrong) {
      throw written.failure(path + "." + wrong.path(), String.valueOf(wrong.getMessage()));
    }
    var fields = level(policy.name(), policy.active());
    fields.set("match", match);
    fields.set("strategy", policy.strategy());
    add(
        Aggregates.ROUTING_POLICIES,
        path,
        fields,
        names().with("tenant_id", Optional.of(policy.tenant())));
  }

  private void route(String path, Resources.ApiRoute route) {
    var fields = JSON.createObjectNode()
        .put("path", route.path())
        .put("method", route.method().orElse("POST"))
        .put("protocol", route.protocol().orElse("openai.chat"))
        .put("priority", route.priority().orElse(0))
        .put("model", route.model().orElse(null))
        .put("active", route.active().orElse(true));
    fields.set("parameters", route.parameters().orElseGet(JSON::createObjectNode));
    add(
        Aggregates.API_ROUTES,
        path,
        fields,
        names()
            .with("tenant_id", Optional.of(route.tenant()))
            .with("routing_policy_id", route.routingPolicy())
            .with("guardrail_profile_id", route.guardrailProfile()));
  }

  private void key(String path, Resources.ApiKey key) {
    var fields = level(key.name(), key.active());
    fields.put("expires_at", key.expiresAt().map(String::valueOf).orElse(null));
    fields.set("allowed_models", strings(key.allowedModels()));
    fields.set("allowed_addresses", strings(key.allowedAddresses()));
    for (var i = 0; i < key.allowedAddresses().size(); i++) {
      if (Network.parse(key.allowedAddresses().get(i)).isEmpty()) {
        throw written.failure(
            path + ".allowed_addresses[" + i + "]",
            "must be an address or a network such as 10.0.0.0/8");
      }
    }
    fields.setAll(secret(path, key));
    add(
        Aggregates.API_KEYS,
        path,
        fields,
        names()
            .with("tenant_id", Optional.of(key.tenant()))
            .with("department_id", key.department())
            .with("team_id", key.team())
            .with("guardrail_profile_id", key.guardrailProfile())
            .with("routing_policy_id", key.routingPolicy()));
  }

  private ObjectNode secret(String path, Resources.ApiKey key) {
    if (key.key().isPresent()) {
      return keys.apply(key.key().get())
          .orElseThrow(() -> written.failure(
              path + ".key", "is not a key of this installation; ./weir keys generate makes one"));
    }
    return JSON.createObjectNode()
        .put("public_id", key.publicId().orElseThrow())
        .put("secret_hash", "\\x" + key.hash().orElseThrow())
        .put("last4", key.last4().orElseThrow());
  }

  private static JsonNode strings(List<String> all) {
    var array = JSON.createArrayNode();
    all.forEach(array::add);
    return array;
  }

  private void provider(String path, Resources.Provider provider) {
    var type = provider.type().orElse("openai");
    var settings = new ProviderSettings(
        provider.region(),
        provider.project(),
        provider.apiVersion(),
        provider.deployments().map(Declaration::deployments).orElse(Map.of()));
    var fields = level(provider.name(), provider.active()).put("type", type);
    List<String> secrets;
    try {
      var url = provider.baseUrl().orElseGet(() -> vendors.home(type, settings));
      var _ = vendors.baseUrl(type, Optional.of(url), settings);
      secrets = secrets(provider);
      vendors.check(type, settings, secrets);
      fields.put("base_url", url);
    } catch (InvalidDocument wrong) {
      throw written.failure(path + "." + wrong.path(), String.valueOf(wrong.getMessage()));
    }
    optional(fields, "region", settings.region());
    optional(fields, "project", settings.project());
    optional(fields, "api_version", settings.apiVersion());
    fields.set("deployments", provider.deployments().orElseGet(JSON::nullNode));
    rows.add(new DeclaredRow(Aggregates.PROVIDERS, path, fields, Map.of(), secrets, List.of()));
  }

  private static void optional(ObjectNode fields, String column, Optional<String> value) {
    value.ifPresentOrElse(text -> fields.put(column, text), () -> fields.putNull(column));
  }

  private static List<String> secrets(Resources.Provider provider) {
    var secrets = new ArrayList<String>();
    for (var one : provider.credentials()) {
      secrets.add(new CredentialParts(
              one.apiKey(),
              one.accessKeyId(),
              one.secretAccessKey(),
              one.sessionToken(),
              one.serviceAccount())
          .secret("credentials[" + secrets.size() + "]"));
    }
    return secrets;
  }

  private static Map<String, String> deployments(JsonNode declared) {
    var deployments = new LinkedHashMap<String, String>();
    declared.properties().forEach(one -> {
      if (!one.getValue().isString()) {
        throw new InvalidDocument("deployments", "An object of texts: deployments by model.");
      }
      deployments.put(one.getKey(), one.getValue().asString());
    });
    return deployments;
  }

  private static List<Prices.Price> prices(List<Resources.Price> declared) {
    return declared.stream()
        .sorted(Comparator.comparing(Resources.Price::validFrom))
        .map(price -> new Prices.Price(
            price.validFrom().atOffset(ZoneOffset.UTC),
            nanos(price.inputUsdPerMillion()),
            nanos(price.outputUsdPerMillion()),
            price.cachedInputUsdPerMillion().map(Declaration::nanos).stream()
                .mapToLong(Long::longValue)
                .findFirst()))
        .toList();
  }

  private static long nanos(BigDecimal dollars) {
    return dollars.movePointRight(9).longValueExact();
  }
}
