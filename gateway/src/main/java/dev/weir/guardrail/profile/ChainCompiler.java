package dev.weir.guardrail.profile;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.GuardrailChain.Effective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Makes a chain of profiles: all rules of the one that decides, and from its ancestors those that are mandatory. Not
 * thread-safe: one chain.
 *
 * <p>Clauses of several levels stand side by side, and the one that does most about a find wins. So a child can add to what
 * an ancestor demands, and take nothing from it.
 */
final class ChainCompiler {
  private final Detectors detectors;
  private final List<Part> parts = new ArrayList<>();

  /** One clause and who looks for it. */
  private record Part(Effective effective, Detector detector) {}

  ChainCompiler(Detectors detectors) {
    this.detectors = detectors;
  }

  /** Which rules of a profile are taken. */
  enum Taken {
    /** All: it decides. */
    ALL,
    /** The mandatory ones: it stands above the one that decides. */
    MANDATORY,
    /** All, on top of what holds already: the request asked for more. */
    ADDED
  }

  void add(GuardrailProfile profile, String level, Taken taken) {
    for (var direction : Direction.values()) {
      for (var entry : resolved(profile, direction).entrySet()) {
        add(entry.getKey(), direction, entry.getValue(), profile, level, taken);
      }
      for (var rule : profile.rules()) {
        if (rule.own().isPresent() && rule.scope().directions().contains(direction)) {
          add(rule.guardrail(), direction, rule, profile, level, taken);
        }
      }
    }
  }

  private void add(
      String id,
      Direction direction,
      GuardrailRule rule,
      GuardrailProfile profile,
      String level,
      Taken taken) {
    if (rule.action() == Action.OFF || (taken == Taken.MANDATORY && !rule.mandatory())) {
      return;
    }
    var detector = rule.own().orElseGet(() -> detectors.require(id));
    var threshold = rule.scope().threshold().orElse(detector.threshold(id));
    var one = new Effective(
        id, direction, new Clause(rule, profile, level, taken != Taken.ALL, threshold));
    parts.add(new Part(one, detector));
  }

  /** For each id the rule that names it most closely: {@code pii.email} beats {@code pii} within one profile. */
  private static Map<String, GuardrailRule> resolved(
      GuardrailProfile profile, Direction direction) {
    var closest = new TreeMap<String, GuardrailRule>();
    for (var rule : profile.rules()) {
      if (rule.own().isEmpty() && rule.scope().directions().contains(direction)) {
        for (var id : rule.ids()) {
          closest.merge(id, rule, ChainCompiler::closer);
        }
      }
    }
    return closest;
  }

  private static GuardrailRule closer(GuardrailRule one, GuardrailRule other) {
    return other.guardrail().length() > one.guardrail().length()
            || (other.guardrail().length() == one.guardrail().length()
                && other.ids().size() < one.ids().size())
        ? other
        : one;
  }

  GuardrailChain compile() {
    if (parts.isEmpty()) {
      return GuardrailChain.EMPTY;
    }
    var input = new EnumMap<Role, List<Step>>(Role.class);
    for (var role : Role.values()) {
      input.put(
          role,
          steps(one -> one.direction() == Direction.INPUT
              && one.clause().rule().scope().roles().contains(role)));
    }
    return new GuardrailChain(
        input,
        steps(one -> one.direction() == Direction.OUTPUT),
        parts.stream().map(Part::effective).toList());
  }

  private List<Step> steps(Predicate<Effective> which) {
    var byDetector = new LinkedHashMap<Detector, Map<String, List<Clause>>>();
    for (var part : parts) {
      if (which.test(part.effective())) {
        byDetector
            .computeIfAbsent(part.detector(), _ -> new LinkedHashMap<>())
            .computeIfAbsent(part.effective().guardrail(), _ -> new ArrayList<>())
            .add(part.effective().clause());
      }
    }
    return byDetector.entrySet().stream()
        .map(entry -> step(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Step step(Detector detector, Map<String, List<Clause>> clauses) {
    Optional<Duration> timeout = clauses.values().stream()
        .flatMap(List::stream)
        .flatMap(clause -> clause.rule().handling().timeout().stream())
        .min(Comparator.naturalOrder());
    var groups = clauses.keySet().stream()
        .map(id -> id.indexOf('.') < 0 ? id : id.substring(0, id.indexOf('.')))
        .distinct()
        .sorted()
        .toList();
    return new Step(detector, groups, clauses, timeout, detector.views());
  }
}
