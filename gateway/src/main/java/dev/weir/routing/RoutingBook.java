package dev.weir.routing;

/** All tenants' policies and API routes, compiled. Immutable; hot path. */
@FunctionalInterface
public interface RoutingBook {
  /** Nobody has any. */
  RoutingBook EMPTY = _ -> TenantRouting.NONE;

  /** What this tenant has; {@link TenantRouting#NONE} for one without. */
  TenantRouting tenant(String id);
}
