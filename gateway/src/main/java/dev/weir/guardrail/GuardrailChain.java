package dev.weir.guardrail;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import java.util.List;

/** The guardrails of one profile, in the order they are asked. Immutable. */
public record GuardrailChain(List<Guardrail> guardrails) {
  /** No guardrail at all. */
  public static final GuardrailChain EMPTY = new GuardrailChain(List.of());

  public GuardrailChain {
    guardrails = List.copyOf(guardrails);
  }

  /**
   * Passes a request on, or stops it.
   *
   * @throws GatewayException CONTENT_POLICY_VIOLATION naming guardrail and category, never the text
   */
  public <R extends ModelRequest> R input(R request, RequestTrace trace) {
    var start = System.nanoTime();
    try {
      for (var guardrail : guardrails) {
        if (guardrail.check(request) instanceof Verdict.Block(var category)) {
          throw GatewayException.of(
              ErrorCode.CONTENT_POLICY_VIOLATION,
              "The request was blocked by the guardrail " + guardrail.id() + " (" + category
                  + ").");
        }
      }
      return request;
    } finally {
      trace.spent(Stage.GUARD, System.nanoTime() - start);
    }
  }
}
