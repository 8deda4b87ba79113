package dev.weir.snapshot;

/**
 * What one tenant's documents were compiled to. Immutable. A part whose documents did not change is the same object as in the
 * view before.
 *
 * <p>A further kind of document is a component here and a line in {@link TenantCompiler#compile}.
 *
 * @param documents what it was compiled from
 * @param routing its policies and API routes
 */
public record TenantView(TenantDocuments documents, RoutingDocuments routing) {
  /** A tenant that says nothing of itself. */
  public static TenantView none(String tenantId) {
    return new TenantView(TenantDocuments.none(tenantId), RoutingDocuments.NONE);
  }

  public String tenantId() {
    return documents.tenantId();
  }
}
