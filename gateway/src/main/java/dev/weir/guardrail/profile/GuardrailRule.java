package dev.weir.guardrail.profile;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.Redaction;
import dev.weir.guardrail.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One rule of a profile: what is looked for, where, and what happens then. Immutable.
 *
 * @param guardrail an id ({@code pii.email}) or a group's prefix ({@code pii}), as written
 * @param ids the ids it stands for
 * @param mandatory whether it holds for every level below, whatever a profile there says
 * @param own the detector made from the rule's configuration; empty for guardrails that need none
 */
public record GuardrailRule(
    String guardrail,
    Set<String> ids,
    Action action,
    Scope scope,
    Handling handling,
    boolean mandatory,
    Optional<Detector> own) {
  public GuardrailRule {
    ids = Set.copyOf(ids);
  }

  /** Whether a rule that cannot be applied lets the text go on. */
  public enum Otherwise {
    /** It goes on, and the records say so. */
    OPEN,
    /** It is refused. */
    CLOSED
  }

  /** How a blocked request is answered. */
  public enum BlockedAs {
    /** The error 400. */
    ERROR,
    /** A completion that holds a refusal, with the finish reason {@code content_filter}. */
    REFUSAL
  }

  /**
   * Where a rule looks.
   *
   * @param roles whose texts, for requests; answers are always looked at
   * @param threshold the least score that counts; empty: the guardrail's own
   * @param allow texts that are no find, in lower case
   */
  public record Scope(
      Set<Direction> directions, Set<Role> roles, OptionalDouble threshold, Set<String> allow) {
    public Scope {
      directions = Set.copyOf(directions);
      roles = Set.copyOf(roles);
      allow = Set.copyOf(allow);
    }
  }

  /**
   * How a find, or the failure to look for one, is dealt with.
   *
   * @param timeout the most time this rule may take; empty: the budget of the request
   */
  public record Handling(
      Redaction redaction,
      Otherwise onError,
      Otherwise onOversize,
      Optional<Duration> timeout,
      BlockedAs blockedAs) {}
}
