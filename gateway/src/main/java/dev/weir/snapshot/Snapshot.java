package dev.weir.snapshot;

import dev.weir.guardrail.GuardrailChain;
import dev.weir.identity.Principal;
import dev.weir.routing.Router;

/** Everything that decides a request, compiled when it changes and never while one runs. Immutable. */
public record Snapshot(Router router, GuardrailChain guardrails) {
  /** The guardrails that hold for a caller. */
  public GuardrailChain guardrails(Principal caller) {
    return guardrails;
  }
}
