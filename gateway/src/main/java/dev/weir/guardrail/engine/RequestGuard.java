package dev.weir.guardrail.engine;

import dev.weir.guardrail.Direction;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.stream.GuardedEvents;
import dev.weir.guardrail.stream.StreamChecks;
import dev.weir.guardrail.stream.ThreadedEvents;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The guardrails of one request: what goes in, and what comes out of it. Not thread-safe: its steps happen one after the
 * other.
 */
public final class RequestGuard {
  private final Guardrails stage;
  private final GuardrailChain chain;
  private final RequestTrace trace;
  private @Nullable ModelRequest checked;
  private @Nullable Replacements replacements;

  RequestGuard(Guardrails stage, GuardrailChain chain, RequestTrace trace) {
    this.stage = stage;
    this.chain = chain;
    this.trace = trace;
  }

  /**
   * The request as it may go on: the same when nothing was to be taken out of it.
   *
   * @throws dev.weir.protocol.GatewayException CONTENT_POLICY_VIOLATION naming guardrail and category, never the text;
   *     OVERLOADED when a check that must be done could not be done in time
   */
  public ModelRequest input(ModelRequest request) {
    checked = request;
    if (!chain.checksInput()) {
      return request;
    }
    long start = System.nanoTime();
    try {
      var result = new InputCheck(stage.settings(), chain, trace, replacements()).check(request);
      checked = result;
      trace.flagged = trace.guardrails().flagged();
      return result;
    } finally {
      trace.spent(Stage.GUARD, System.nanoTime() - start);
    }
  }

  /**
   * The answer as it may go out; a stream is looked at as it flows.
   *
   * @throws dev.weir.protocol.GatewayException as {@link #input} does
   */
  public Reply output(Reply reply) {
    var request = checked;
    if (request == null || request.operation() == Operation.EMBEDDINGS || !concerned()) {
      return reply;
    }
    return switch (reply) {
      case Reply.Whole whole -> whole(whole, request);
      case Reply.Streamed streamed ->
        new Reply.Streamed(
            streamed.headers(),
            new GuardedEvents(
                chain.heavyOutput() ? new ThreadedEvents(streamed.events()) : streamed.events(),
                request.operation(),
                new StreamChecks(
                    chain,
                    replacements(),
                    trace.guardrails(),
                    new Recorder(trace.guardrails(), Direction.OUTPUT),
                    stage.settings().budget()),
                trace));
    };
  }

  private boolean concerned() {
    var made = replacements;
    return chain.checksOutput() || (made != null && !made.reversible().isEmpty());
  }

  private Reply whole(Reply.Whole reply, ModelRequest request) {
    long start = System.nanoTime();
    try {
      var deadline = Deadline.in(stage.settings().budget());
      return new AnswerCheck(chain, trace.guardrails(), replacements(), deadline)
          .check(reply, request);
    } finally {
      trace.spent(Stage.GUARD, System.nanoTime() - start);
    }
  }

  private Replacements replacements() {
    var made = replacements;
    if (made == null) {
      made = new Replacements(stage.tenantKey(String.valueOf(trace.tenant)));
      replacements = made;
    }
    return made;
  }
}
