package dev.weir.admin;

import dev.weir.protocol.InvalidDocument;
import dev.weir.provider.CredentialParts;
import dev.weir.provider.ProviderSettings;
import dev.weir.provider.Vendors;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.Credentials;
import dev.weir.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Providers of the whole gateway; their keys are written here and never read. Safe for many threads. */
final class ProviderResource {
  private final Resource providers;
  private final Credentials credentials;
  private final Vendors vendors;

  ProviderResource(Stores stores, BaseUrlCheck baseUrls, Vendors vendors) {
    this.vendors = vendors;
    this.providers = new Resource(
        "Provider", stores.rows(Aggregates.PROVIDERS), provider -> check(provider, baseUrls));
    this.credentials = stores.credentials();
  }

  void register(Operations operations) {
    providers.registerReads(operations);
    operations.on("createProvider", this::create);
    operations.on("updateProvider", this::update);
    operations.on(
        "deleteProvider",
        request -> providers.delete(request, (handle, id, _) -> Credentials.forget(handle, id)));
  }

  private void check(ObjectNode provider, BaseUrlCheck baseUrls) throws InvalidDocument {
    var url = text(provider, "base_url");
    url.ifPresent(baseUrls::check);
    var complete = vendors.baseUrl(type(provider), url, settings(provider));
    baseUrls.check(complete.toString());
  }

  private Answer create(AdminRequest request) {
    var columns = columns(request.body());
    var type = type(columns);
    var settings = settings(columns);
    if (text(columns, "base_url").isEmpty()) {
      var home = Resource.reading(() -> vendors.home(type, settings));
      columns.put("base_url", home);
    }
    return providers.create(request, columns, secrets(request.body()));
  }

  private Answer update(AdminRequest request) {
    return providers.update(request, columns(request.body()), secrets(request.body()));
  }

  private static ObjectNode columns(ObjectNode body) {
    return body.deepCopy().without("credentials");
  }

  private Step secrets(ObjectNode body) {
    var given = body.get("credentials");
    if (given == null) {
      return Step.NONE;
    }
    var secrets = Resource.reading(() -> secrets(given));
    return (handle, id, before) -> {
      var provider = before.map(row -> row.document()).orElse(body);
      Resource.reading(() -> {
        vendors.check(type(provider), settings(provider), secrets);
        return secrets;
      });
      credentials.replace(handle, id, secrets);
    };
  }

  private static List<String> secrets(JsonNode given) {
    var secrets = new ArrayList<String>();
    for (var one : given) {
      secrets.add(new CredentialParts(
              text(one, "api_key"),
              text(one, "access_key_id"),
              text(one, "secret_access_key"),
              text(one, "session_token"),
              text(one, "service_account"))
          .secret("credentials[" + secrets.size() + "]"));
    }
    return secrets;
  }

  private static String type(ObjectNode provider) {
    return provider.path("type").asString("");
  }

  private static ProviderSettings settings(ObjectNode provider) {
    Map<String, String> deployments = new TreeMap<>();
    provider
        .path("deployments")
        .properties()
        .forEach(one -> deployments.put(one.getKey(), one.getValue().asString("")));
    return new ProviderSettings(
        text(provider, "region"),
        text(provider, "project"),
        text(provider, "api_version"),
        deployments);
  }

  private static Optional<String> text(JsonNode object, String name) {
    return Optional.ofNullable(object.get(name)).filter(JsonNode::isString).map(JsonNode::asString);
  }
}
