package dev.weir.guardrail.engine;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.RemoteDetector.Text;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Overlaps;
import dev.weir.guardrail.scan.RemoteLook;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.scan.Scanned;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.GuardrailTrace;
import java.util.ArrayList;
import java.util.List;

/** What a chain would do to a text on its own: nothing is sent anywhere. Immutable; safe for many threads. */
public final class TextCheck {
  private final Guardrails stage;
  private final GuardrailChain chain;
  private final Direction direction;
  private final String tenant;

  public TextCheck(Guardrails stage, GuardrailChain chain, Direction direction, String tenant) {
    this.stage = stage;
    this.chain = chain;
    this.direction = direction;
    this.tenant = tenant;
  }

  /**
   * What was decided.
   *
   * @param action the most that any find asks for
   * @param text what would go on; empty when nothing would
   */
  public record Outcome(Action action, String text, List<Hit> hits) {}

  /**
   * Looks at each text as at a user's message, or as at an answer.
   *
   * @throws GatewayException OVERLOADED when a rule that must be done could not be done in time
   */
  public List<Outcome> of(List<String> texts) {
    boolean input = direction == Direction.INPUT;
    var steps = input ? chain.input(Role.USER) : chain.output();
    var role = input ? Role.USER : Role.ASSISTANT;
    var trace = new GuardrailTrace();
    var asked = new RemoteLook(deadline(), trace);
    for (int i = 0; i < texts.size(); i++) {
      asked.add(
          i,
          new Text(texts.get(i), direction, role),
          input ? chain.remoteInput(role) : chain.remoteOutput());
    }
    asked.start();
    var found = new ArrayList<Scanned>();
    for (var text : texts) {
      found.add(new FanOut(deadline(), trace).look(text, steps, FanOut.Way.HERE));
    }
    asked.await((more, place) -> found.set(place, found.get(place).and(more)));
    var outcomes = new ArrayList<Outcome>();
    for (int i = 0; i < texts.size(); i++) {
      outcomes.add(outcome(texts.get(i), found.get(i), trace));
    }
    return outcomes;
  }

  private Deadline deadline() {
    return Deadline.in(stage.settings().budget());
  }

  private Outcome outcome(String text, Scanned found, GuardrailTrace trace) {
    new Recorder(trace, direction).unchecked(found.unchecked()).ifPresent(failure -> {
      throw failure;
    });
    var hits = Overlaps.resolve(found.hits());
    var action = hits.stream().map(Hit::action).max(Action::compareTo).orElse(Action.OFF);
    return new Outcome(action, action == Action.BLOCK ? "" : redacted(text, hits), hits);
  }

  private String redacted(String text, List<Hit> hits) {
    var replacements = new Replacements(stage.tenantKey(tenant));
    var out = new StringBuilder(text.length());
    int at = 0;
    for (var hit : hits) {
      if (hit.isSpan() && hit.action() == Action.REDACT) {
        out.append(text, at, hit.start());
        out.append(replacements.of(hit, text.substring(hit.start(), hit.end())));
        at = hit.end();
      }
    }
    return out.append(text, at, text.length()).toString();
  }
}
