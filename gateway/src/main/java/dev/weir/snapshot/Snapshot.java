package dev.weir.snapshot;

import dev.weir.guardrail.GuardrailChain;
import dev.weir.identity.Principal;
import dev.weir.routing.Catalogue;
import dev.weir.routing.Router;

/**
 * Everything that decides a request, compiled when it changes and never while one runs. Immutable.
 *
 * @param version of the configuration in the database that it shows
 */
public record Snapshot(
    long version,
    Catalogue catalogue,
    Router router,
    GuardrailChain guardrails,
    TenantViews tenants) {
  /** What one tenant has made of its own. */
  public TenantView tenant(String tenantId) {
    var view = tenants.find(tenantId);
    return view != null ? view : TenantView.none(tenantId);
  }

  /** The guardrails that hold for a caller. */
  public GuardrailChain guardrails(Principal caller) {
    return guardrails;
  }
}
