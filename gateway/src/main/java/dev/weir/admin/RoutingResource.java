package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.snapshot.TenantDocuments;
import dev.weir.store.AggregateStore;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.DocumentStore;
import dev.weir.store.Row;
import dev.weir.store.Stores;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Routing policies, or API routes: as any resource, and checked against what else the tenant has, inside the transaction that
 * writes them, so that no two changes at once break what each alone would keep. Safe for many threads.
 */
final class RoutingResource {
  private static final ObjectNode NOTHING = new JsonMapper().createObjectNode();

  private final String singular;
  private final Resource resource;
  private final RoutingChecks checks;
  private final Check saved;
  private final Check deleted;

  /** What must hold when a row is written. */
  @FunctionalInterface
  private interface Check {
    /**
     * @param row as it will be, or was when it is deleted
     * @param others what its tenant has besides, the row as it was included
     * @throws InvalidDocument naming the field at fault
     */
    void check(String id, ObjectNode row, TenantDocuments others);
  }

  private RoutingResource(
      String singular, AggregateStore rows, RoutingChecks checks, Check saved, Check deleted) {
    this.singular = singular;
    this.resource = new Resource(singular, rows, Resource.DocumentCheck.NONE);
    this.checks = checks;
    this.saved = saved;
    this.deleted = deleted;
  }

  static RoutingResource policies(Stores stores, RoutingChecks checks) {
    return new RoutingResource(
        "RoutingPolicy",
        stores.rows(Aggregates.ROUTING_POLICIES),
        checks,
        checks::policy,
        checks::policyGone);
  }

  static RoutingResource routes(Stores stores, RoutingChecks checks) {
    return new RoutingResource(
        "ApiRoute", stores.rows(Aggregates.API_ROUTES), checks, checks::route, (_, _, _) -> {});
  }

  void register(Operations operations) {
    resource.registerReads(operations);
    operations.on(
        "create" + singular,
        request ->
            saving(() -> resource.create(request, request.body(), step(saved, request.body()))));
    operations.on(
        "update" + singular,
        request -> saving(() -> resource.update(request, step(saved, request.body()))));
    operations.on(
        "delete" + singular,
        request -> saving(() -> resource.delete(request, step(deleted, NOTHING))));
  }

  private Step step(Check check, ObjectNode changed) {
    return (handle, id, before) -> {
      var row = before.map(old -> old.document().deepCopy()).orElseGet(NOTHING::deepCopy);
      row.setAll(changed);
      var after = DocumentStore.tenant(handle, row.path("tenant_id").asString(""));
      check.check(id, row, checks.before(after, id, before.map(Row::document)));
    };
  }

  /** Providers are taken from the snapshot: what is refused is looked at again once that has caught up. */
  private Answer saving(Supplier<Answer> save) {
    try {
      try {
        return save.get();
      } catch (InvalidDocument refused) {
        if (!checks.caughtUp()) {
          throw refused;
        }
        return save.get();
      }
    } catch (InvalidDocument wrong) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE, wrong.getMessage() + " See docs/routing.md.")
          .param(wrong.path());
    }
  }
}
