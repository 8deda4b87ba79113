package dev.weir.guardrail.profile;

import dev.weir.guardrail.Direction;
import dev.weir.guardrail.RemoteDetector;
import dev.weir.guardrail.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that is looked for on behalf of one combination of profiles, ready to run. Immutable. */
public final class GuardrailChain {
  /** Nothing is looked for. */
  public static final GuardrailChain EMPTY = new GuardrailChain(Map.of(), List.of(), List.of());

  private final Map<Role, List<Step>> input;
  private final Map<Role, List<Step>> remoteInput;
  private final List<Step> output;
  private final List<Step> remoteOutput;
  private final List<Effective> effective;

  /** One clause as it holds for one id and direction. */
  public record Effective(String guardrail, Direction direction, Clause clause) {}

  GuardrailChain(Map<Role, List<Step>> input, List<Step> output, List<Effective> effective) {
    this.input = new EnumMap<>(Role.class);
    this.remoteInput = new EnumMap<>(Role.class);
    input.forEach((role, steps) -> {
      this.input.put(role, steps.stream().filter(step -> !remote(step)).toList());
      this.remoteInput.put(role, steps.stream().filter(GuardrailChain::remote).toList());
    });
    this.output = output.stream().filter(step -> !remote(step)).toList();
    this.remoteOutput = output.stream().filter(GuardrailChain::remote).toList();
    this.effective = List.copyOf(effective);
  }

  private static boolean remote(Step step) {
    return step.detector() instanceof RemoteDetector;
  }

  /** What is run in this process over a request's text of this role. */
  public List<Step> input(Role role) {
    return input.getOrDefault(role, List.of());
  }

  /** Which services are asked about a request's text of this role. */
  public List<Step> remoteInput(Role role) {
    return remoteInput.getOrDefault(role, List.of());
  }

  /** What is run in this process over answers. */
  public List<Step> output() {
    return output;
  }

  /** Which services are asked about answers. */
  public List<Step> remoteOutput() {
    return remoteOutput;
  }

  public boolean checksInput() {
    return Stream.of(input, remoteInput)
        .flatMap(byRole -> byRole.values().stream())
        .anyMatch(steps -> !steps.isEmpty());
  }

  /** Whether an answer may have to be changed: by its own rules, or to turn placeholders back. */
  public boolean checksOutput() {
    return !output.isEmpty() || !remoteOutput.isEmpty();
  }

  /** Whether looking at an answer may take longer than an event loop has: a service is asked, or a rule's author says so. */
  public boolean heavyOutput() {
    return !remoteOutput.isEmpty()
        || output.stream().anyMatch(step -> step.detector().heavy());
  }

  /** Every clause that holds, with where it came from. */
  public List<Effective> effective() {
    return effective;
  }

  /** The clauses of one direction. */
  public Stream<Clause> clauses(Direction direction) {
    return effective.stream()
        .filter(one -> one.direction() == direction)
        .map(Effective::clause)
        .distinct();
  }
}
