package dev.weir.admin;

import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;

/** Tenants. Their own admins may change them, but neither make or delete one nor undo that theirs was switched off. */
final class TenantResource {
  private final Resource tenants;

  TenantResource(Stores stores) {
    this.tenants =
        new Resource("Tenant", stores.rows(Aggregates.TENANTS), Resource.DocumentCheck.NONE);
  }

  void register(Operations operations) {
    tenants.registerReads(operations);
    operations.on("createTenant", request -> tenants.create(request, request.body(), Step.NONE));
    operations.on("updateTenant", this::update);
    operations.on("deleteTenant", request -> tenants.delete(request, Step.NONE));
  }

  private Answer update(AdminRequest request) {
    if (request.caller().ofOneTenant() && request.body().has("active")) {
      throw AdminRequest.denied("Only admins of the whole gateway switch tenants on and off.")
          .param("active");
    }
    return tenants.update(request, Step.NONE);
  }
}
