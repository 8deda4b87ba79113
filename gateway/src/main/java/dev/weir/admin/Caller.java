package dev.weir.admin;

import dev.weir.store.Actor;

/**
 * The admin behind a request. Immutable.
 *
 * @param actor its id, and the tenant it is confined to
 */
record Caller(Actor actor, Role role) {
  boolean ofOneTenant() {
    return actor.tenant().isPresent();
  }
}
