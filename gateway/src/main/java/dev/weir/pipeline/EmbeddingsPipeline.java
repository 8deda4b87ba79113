package dev.weir.pipeline;

import dev.weir.protocol.openai.EmbeddingsRequest;

/** {@code POST /v1/embeddings}: the same stages as a chat, for an answer that is always whole. Safe for many threads. */
public final class EmbeddingsPipeline implements Endpoint {
  private final Stages stages;

  public EmbeddingsPipeline(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void handle(Exchange exchange) {
    var trace = exchange.trace();
    var caller = stages.keyRing().authenticate(exchange.credential(), trace);
    var snapshot = stages.snapshots().currentFor(caller);
    try (var _ = stages.admission().admit(trace)) {
      var request = EmbeddingsRequest.read(exchange.body());
      try (var _ = stages.ledger().open(caller, trace)) {
        var guard = stages.guard(snapshot, caller, exchange);
        var checked = guard.input(request);
        var plan = snapshot.router().plan(caller, exchange.facts(checked), trace);
        try (var reply = guard.output(stages.upstream().send(plan, checked, trace))) {
          var _ = exchange.relay(reply);
        }
      }
    }
  }
}
