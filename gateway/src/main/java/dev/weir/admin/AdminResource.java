package dev.weir.admin;

import dev.weir.store.Admins;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;

/** Admins, made with a token that is shown once; none is given more than who gives it has. Safe for many threads. */
final class AdminResource {
  private final Resource admins;
  private final Admins tokens;

  AdminResource(Stores stores) {
    this.admins =
        new Resource("Admin", stores.rows(Aggregates.ADMINS), Resource.DocumentCheck.NONE);
    this.tokens = stores.admins();
  }

  void register(Operations operations) {
    Step keepOwner = Admins::requireOwner;
    admins.registerReads(operations);
    operations.on("createAdmin", this::create);
    operations.on("updateAdmin", request -> {
      requireNotMore(request);
      return admins.update(request, keepOwner);
    });
    operations.on("deleteAdmin", request -> admins.delete(request, keepOwner));
  }

  private Answer create(AdminRequest request) {
    requireNotMore(request);
    if (request.caller().ofOneTenant() && !request.body().hasNonNull("tenant_id")) {
      throw AdminRequest.denied("An admin of one tenant makes admins of that tenant: name it.")
          .param("tenant_id");
    }
    var issued = tokens.create(request.actor(), request.body());
    return Answer.of(201, issued.row(), "token", issued.secret());
  }

  private static void requireNotMore(AdminRequest request) {
    var role = request.body().get("role");
    if (role != null && Role.of(role.asString()).compareTo(request.caller().role()) > 0) {
      throw AdminRequest.denied("Nobody gives a role above their own.").param("role");
    }
  }
}
