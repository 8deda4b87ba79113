package dev.weir.guardrail.engine;

import dev.weir.guardrail.scan.Hit;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;

/** How a block is told: as an error, or, where the rule says so, as a model's own refusal. Stateless. */
final class Refusals {
  private Refusals() {}

  static GatewayException of(Hit hit, Recorder recorder, ModelRequest request) {
    var failure = recorder.blocked(hit);
    return Recorder.asRefusal(hit)
        ? request.refusal(failure.text()).map(failure::answeredBy).orElse(failure)
        : failure;
  }
}
