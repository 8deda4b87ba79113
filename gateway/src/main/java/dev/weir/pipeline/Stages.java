package dev.weir.pipeline;

import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.engine.RequestGuard;
import dev.weir.identity.KeyRing;
import dev.weir.identity.Principal;
import dev.weir.limit.Admission;
import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.Snapshots;
import dev.weir.upstream.Upstream;
import dev.weir.usage.UsageLedger;

/** What the pages of this package pass a request through. Each part is safe for many threads. */
public record Stages(
    Snapshots snapshots,
    KeyRing keyRing,
    Admission admission,
    Guardrails guardrails,
    UsageLedger ledger,
    Upstream upstream) {
  /** The guardrails of one request: those of the caller's levels, and what the request asks for on top. */
  RequestGuard guard(Snapshot snapshot, Principal caller, Exchange exchange) {
    return guardrails.on(
        snapshot.guardrails(caller, exchange.routeProfile(), exchange.guardrailProfile()),
        exchange.trace());
  }
}
