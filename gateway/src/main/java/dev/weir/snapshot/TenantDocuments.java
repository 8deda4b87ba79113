package dev.weir.snapshot;

import java.util.List;

/** All documents of one tenant, each list in the order in which they were made. Immutable. */
public record TenantDocuments(
    String tenantId,
    List<Document.Profile> profiles,
    List<Document.Policy> policies,
    List<Document.Route> routes) {
  public TenantDocuments {
    profiles = List.copyOf(profiles);
    policies = List.copyOf(policies);
    routes = List.copyOf(routes);
  }

  /** A tenant that says nothing. */
  public static TenantDocuments none(String tenantId) {
    return new TenantDocuments(tenantId, List.of(), List.of(), List.of());
  }
}
