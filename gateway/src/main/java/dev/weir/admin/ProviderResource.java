package dev.weir.admin;

import dev.weir.protocol.InvalidDocument;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.Credentials;
import dev.weir.store.Stores;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Providers of the whole gateway; their keys are written here and never read. Safe for many threads. */
final class ProviderResource {
  private final Resource providers;
  private final Credentials credentials;

  ProviderResource(Stores stores, BaseUrlCheck baseUrls) {
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

  private static void check(ObjectNode provider, BaseUrlCheck baseUrls) throws InvalidDocument {
    baseUrls.check(provider.path("base_url").asString(""));
  }

  private Answer create(AdminRequest request) {
    return providers.create(request, columns(request.body()), secrets(request.body()));
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
    List<String> secrets = given
        .valueStream()
        .map(one -> one.get("api_key"))
        .map(JsonNode::asString)
        .toList();
    return (handle, id, _) -> credentials.replace(handle, id, secrets);
  }
}
