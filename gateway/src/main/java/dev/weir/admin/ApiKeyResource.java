package dev.weir.admin;

import dev.weir.identity.Network;
import dev.weir.protocol.InvalidDocument;
import dev.weir.store.AggregateStore;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.ApiKeys;
import dev.weir.store.Stores;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Keys: made with a secret that is shown once, rotated and revoked. Safe for many threads. */
final class ApiKeyResource {
  private final Resource keys;
  private final ApiKeys secrets;
  private final AggregateStore teams;

  ApiKeyResource(Stores stores) {
    this.keys =
        new Resource("ApiKey", stores.rows(Aggregates.API_KEYS), ApiKeyResource::checkAddresses);
    this.secrets = stores.apiKeys();
    this.teams = stores.rows(Aggregates.TEAMS);
  }

  void register(Operations operations) {
    keys.registerReads(operations);
    operations.on("createApiKey", this::create);
    operations.on("updateApiKey", request -> keys.update(request, Step.NONE));
    operations.on("deleteApiKey", request -> keys.delete(request, Step.NONE));
    operations.on(
        "revokeApiKey",
        request -> Answer.of(200, secrets.revoke(request.actor(), request.update("revoke"))));
    operations.on("rotateApiKey", this::rotate);
  }

  private Answer create(AdminRequest request) {
    var fields = keys.checked(request.body()).deepCopy();
    var team = fields.get("team_id");
    if (team != null && team.isString() && !fields.hasNonNull("department_id")) {
      var found = teams.get(request.actor(), team.asString());
      fields.set("department_id", found.document().get("department_id"));
    }
    var issued = secrets.create(request.actor(), fields);
    return Answer.of(201, issued.row(), "key", issued.secret());
  }

  private Answer rotate(AdminRequest request) {
    var grace = Duration.ofSeconds(request.body().path("grace_seconds").asLong(0));
    var issued = secrets.rotate(request.actor(), request.update("rotate"), grace);
    return Answer.of(200, issued.row(), "key", issued.secret());
  }

  private static void checkAddresses(ObjectNode key) {
    var addresses = key.path("allowed_addresses");
    for (var i = 0; i < addresses.size(); i++) {
      if (Network.parse(addresses.get(i).asString()).isEmpty()) {
        throw new InvalidDocument(
            "allowed_addresses[" + i + "]",
            "An address or a network in CIDR form was expected: 10.0.0.0/8, 2001:db8::/32.");
      }
    }
  }
}
