package dev.weir.snapshot;

import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.guardrail.profile.ProfileBook;
import java.util.Optional;

/**
 * What one tenant's documents were compiled to. Immutable. A part whose documents did not change is the same object as in the
 * view before.
 *
 * <p>A further kind of document is a component here and a line in {@link TenantCompiler#compile}.
 *
 * @param documents what it was compiled from
 * @param routing its policies and API routes
 * @param profiles its guardrail profiles
 * @param book the same with those that are built in; empty when the tenant has none of its own
 */
public record TenantView(
    TenantDocuments documents,
    RoutingDocuments routing,
    Compiled<Document.Profile, GuardrailProfile> profiles,
    Optional<ProfileBook> book) {
  /** A tenant that says nothing of itself. */
  public static TenantView none(String tenantId) {
    return new TenantView(
        TenantDocuments.none(tenantId), RoutingDocuments.NONE, Compiled.none(), Optional.empty());
  }

  public String tenantId() {
    return documents.tenantId();
  }
}
