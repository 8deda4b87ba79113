package dev.weir.admin;

import dev.weir.guardrail.engine.Guardrails;
import dev.weir.identity.KeyRecord;
import dev.weir.snapshot.DocumentSource;
import dev.weir.snapshot.Snapshots;
import dev.weir.telemetry.DecisionLog;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the admin plane may see of the data plane beside it. Immutable; its parts are safe for many threads.
 *
 * @param documents what the next snapshot will be made of
 * @param keys a key by its id
 * @param decisions of the last requests
 * @param stage that checks texts as it does those of requests
 */
public record LiveView(
    Snapshots snapshots,
    DocumentSource documents,
    Function<String, Optional<KeyRecord>> keys,
    DecisionLog decisions,
    Guardrails stage) {}
