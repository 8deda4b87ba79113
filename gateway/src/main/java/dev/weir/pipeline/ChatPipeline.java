package dev.weir.pipeline;

import dev.weir.protocol.ClientProtocol;
import dev.weir.protocol.Dialect;

/** The paths on which a model is asked, whatever the client speaks: the stages of one request, in order. Safe for many threads. */
public final class ChatPipeline implements Endpoint {
  private final Stages stages;
  private final ClientProtocol protocol;

  public ChatPipeline(Stages stages, ClientProtocol protocol) {
    this.stages = stages;
    this.protocol = protocol;
  }

  @Override
  public Dialect dialect() {
    return protocol.dialect();
  }

  @Override
  public void handle(Exchange exchange) {
    var trace = exchange.trace();
    var caller = stages.keyRing().authenticate(exchange.credential(), trace);
    var snapshot = stages.snapshots().currentFor(caller);
    // before the body: what is turned away must not cost its memory
    try (var _ = stages.admission().admit(trace)) {
      var request = protocol.read(exchange.body(), exchange::header);
      trace.stream = request.stream();
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
