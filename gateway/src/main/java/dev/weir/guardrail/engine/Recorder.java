package dev.weir.guardrail.engine;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.profile.Clause;
import dev.weir.guardrail.profile.GuardrailRule.BlockedAs;
import dev.weir.guardrail.profile.GuardrailRule.Otherwise;
import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.stream.StreamChecks;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.GuardrailDecision;
import dev.weir.telemetry.GuardrailTrace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes down what was decided about a request, and says what the client is told of it. Not thread-safe. */
public final class Recorder implements StreamChecks.Records {
  private final GuardrailTrace trace;
  private final Direction direction;

  public Recorder(GuardrailTrace trace, Direction direction) {
    this.trace = trace;
    this.direction = direction;
  }

  /** Records a find. */
  @Override
  public void hit(Hit hit, String pointer) {
    record(hit.finding().guardrail(), hit.action().word(), hit.clause(), hit, pointer);
  }

  private void record(String guardrail, String action, Clause clause, Hit hit, String pointer) {
    trace.decided(new GuardrailDecision(
        guardrail,
        action,
        direction.name().toLowerCase(Locale.ROOT),
        hit.finding().score(),
        pointer,
        hit.start(),
        hit.end(),
        clause.profile().id() + "@" + clause.profile().version(),
        clause.level()));
  }

  /** The find that stops a text; empty when none does. */
  public static Optional<Hit> block(List<Hit> hits) {
    return hits.stream().filter(hit -> hit.action() == Action.BLOCK).findFirst();
  }

  /** What a client is told of a block: guardrail and category, never the text. */
  @Override
  public GatewayException blocked(Hit hit) {
    var failure = GatewayException.of(
        ErrorCode.CONTENT_POLICY_VIOLATION,
        "The " + what() + " was blocked by the guardrail '" + hit.finding().guardrail()
            + "' (category '" + category(hit.finding().guardrail()) + "').");
    return failure.detail("profile " + hit.clause().profile().id() + "@"
        + hit.clause().profile().version() + " of level " + hit.clause().level());
  }

  /** Whether a block is told as a refusal of the model's. */
  public static boolean asRefusal(Hit hit) {
    return hit.clause().rule().handling().blockedAs() == BlockedAs.REFUSAL;
  }

  /**
   * Records steps that could not be done.
   *
   * @return what the client is told when a rule among them is closed
   */
  @Override
  public Optional<GatewayException> unchecked(List<Step> steps) {
    Optional<GatewayException> refusal = Optional.empty();
    for (var step : steps) {
      for (var entry : step.clauses().entrySet()) {
        for (var clause : entry.getValue()) {
          trace.decided(undone(entry.getKey(), "error", clause));
          if (clause.rule().handling().onError() == Otherwise.CLOSED) {
            refusal = Optional.of(GatewayException.of(
                    ErrorCode.OVERLOADED,
                    "The guardrail '" + entry.getKey() + "' could not check the " + what()
                        + " in time. Please try again.")
                .retryAfter(Duration.ofSeconds(1)));
          }
        }
      }
    }
    return refusal;
  }

  /**
   * Records that a text was too large, or no text, for these clauses.
   *
   * @return what the client is told when a rule among them is closed
   */
  @Override
  public Optional<GatewayException> uninspected(List<Clause> clauses, String why) {
    Optional<GatewayException> refusal = Optional.empty();
    for (var clause : clauses) {
      trace.decided(undone(clause.rule().guardrail(), "uninspected", clause));
      boolean acts = clause.action().compareTo(Action.REDACT) >= 0;
      boolean closed = clause.rule().handling().onOversize() == Otherwise.CLOSED
          || (acts && clause.rule().mandatory());
      if (closed && refusal.isEmpty()) {
        var id = clause.rule().guardrail();
        refusal = Optional.of(GatewayException.of(
            ErrorCode.CONTENT_POLICY_VIOLATION,
            "The guardrail '" + id + "' (category '" + category(id) + "') cannot inspect the "
                + what() + ": " + why + "."));
      }
    }
    return refusal;
  }

  private GuardrailDecision undone(String guardrail, String why, Clause clause) {
    return new GuardrailDecision(
        guardrail,
        why,
        direction.name().toLowerCase(Locale.ROOT),
        0,
        "",
        0,
        0,
        clause.profile().id() + "@" + clause.profile().version(),
        clause.level());
  }

  private String what() {
    return direction == Direction.INPUT ? "request" : "answer";
  }

  private static String category(String guardrail) {
    return guardrail.substring(guardrail.indexOf('.') + 1);
  }
}
