package dev.weir.routing;

import java.util.Map;

/**
 * All tenants' policies and API routes, compiled. Immutable.
 *
 * @param tenants by id
 */
public record RoutingBook(Map<String, TenantRouting> tenants) {
  public static final RoutingBook EMPTY = new RoutingBook(Map.of());

  public RoutingBook {
    tenants = Map.copyOf(tenants);
  }

  TenantRouting tenant(String id) {
    return tenants.getOrDefault(id, TenantRouting.NONE);
  }
}
