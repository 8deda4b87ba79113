package dev.weir.pipeline;

import dev.weir.guardrail.engine.Guardrails;
import dev.weir.identity.KeyRing;
import dev.weir.limit.Admission;
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
    Upstream upstream) {}
