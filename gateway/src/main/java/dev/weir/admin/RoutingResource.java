package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.store.AggregateStore;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Routing policies, or API routes: as any resource, and checked against what else the tenant has. Safe for many threads.
 *
 * <p>The check comes before the transaction: it reads by a connection of its own, and must not wait for one while it holds
 * what others wait for. What two changes at once can break all the same is skipped by the snapshot.
 */
final class RoutingResource {
  /** The id under which something is checked that has none yet. */
  private static final String NEW = "new";

  private final String singular;
  private final Resource resource;
  private final AggregateStore rows;
  private final BiConsumer<String, ObjectNode> saved;
  private final BiConsumer<String, ObjectNode> deleted;

  private RoutingResource(
      String singular,
      AggregateStore rows,
      BiConsumer<String, ObjectNode> saved,
      BiConsumer<String, ObjectNode> deleted) {
    this.singular = singular;
    this.resource = new Resource(singular, rows, Resource.DocumentCheck.NONE);
    this.rows = rows;
    this.saved = saved;
    this.deleted = deleted;
  }

  static RoutingResource policies(Stores stores, RoutingChecks checks) {
    return new RoutingResource(
        "RoutingPolicy",
        stores.rows(Aggregates.ROUTING_POLICIES),
        checks::policy,
        checks::policyGone);
  }

  static RoutingResource routes(Stores stores, RoutingChecks checks) {
    return new RoutingResource(
        "ApiRoute", stores.rows(Aggregates.API_ROUTES), checks::route, (_, _) -> {});
  }

  void register(Operations operations) {
    resource.registerReads(operations);
    operations.on("create" + singular, this::create);
    operations.on("update" + singular, this::update);
    operations.on("delete" + singular, this::delete);
  }

  private Answer create(AdminRequest request) {
    var tenant = request.body().path("tenant_id").asString("");
    var scope = request.actor().tenant();
    // of a foreign tenant nothing is said: the store answers as for an absent one
    if (scope.isEmpty() || scope.get().equals(tenant)) {
      check(NEW, request.body());
    }
    return resource.create(request);
  }

  private Answer update(AdminRequest request) {
    var merged = rows.get(request.actor(), request.id()).document().deepCopy();
    merged.setAll(request.body());
    check(request.id(), merged);
    return resource.update(request, Step.NONE);
  }

  private Answer delete(AdminRequest request) {
    deleted.accept(request.id(), rows.get(request.actor(), request.id()).document());
    return resource.delete(request, Step.NONE);
  }

  private void check(String id, ObjectNode document) {
    try {
      saved.accept(id, document);
    } catch (InvalidDocument wrong) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE, wrong.getMessage() + " See docs/routing.md.")
          .param(wrong.path());
    }
  }
}
