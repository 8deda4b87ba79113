package dev.weir.pipeline;

import dev.weir.protocol.Dialect;
import dev.weir.protocol.anthropic.MessagesRequest;
import java.util.Optional;

/** {@code POST /v1/messages}: the stages of a chat, for clients that speak Anthropic's protocol. Safe for many threads. */
public final class MessagesPipeline implements Endpoint {
  private final Stages stages;

  public MessagesPipeline(Stages stages) {
    this.stages = stages;
  }

  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC;
  }

  @Override
  public void handle(Exchange exchange) {
    var trace = exchange.trace();
    var caller = stages.keyRing().authenticate(exchange.credential(), trace);
    var snapshot = stages.snapshots().currentFor(caller);
    try (var _ = stages.admission().admit(trace)) {
      var request = MessagesRequest.read(
          exchange.body(), Optional.ofNullable(exchange.header("anthropic-beta")));
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
