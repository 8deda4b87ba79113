package dev.weir.routing;

import dev.weir.identity.Level;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.telemetry.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes and why: what is done and what is explained are this one object. Immutable; holds nothing of the
 * request but the model's name, and is written as JSON only when somebody asks.
 *
 * @param asked the model's name that was looked up
 * @param origin what answered for it
 * @param policy the policy that decided, where one did
 * @param passed policies of the caller's levels that were asked before and do not list the name
 * @param steps the strategies that were asked, innermost first
 * @param targets all that came into question, in the plan's order, refused ones last
 * @param refusal what the client is told; null when there is a plan
 */
public record RouteDecision(
    String asked,
    Origin origin,
    @Nullable RoutingPolicy policy,
    List<Passed> passed,
    List<Evaluation.Step> steps,
    List<Judged> targets,
    @Nullable GatewayException refusal)
    implements Explanation {
  /** What answered for a name. */
  public enum Origin {
    API_ROUTE,
    KEY_POLICY,
    TEAM_POLICY,
    DEPARTMENT_POLICY,
    TENANT_POLICY,
    ALIAS,
    CATALOGUE,
    NOTHING;

    static Origin of(Level.Kind kind) {
      return switch (kind) {
        case KEY -> KEY_POLICY;
        case TEAM -> TEAM_POLICY;
        case DEPARTMENT -> DEPARTMENT_POLICY;
        case TENANT -> TENANT_POLICY;
      };
    }
  }

  /** Whether a target will be tried. */
  public enum Verdict {
    PLANNED,
    /** Tried when all others have failed: an open circuit, a cool-down, or no place free. */
    LAST_RESORT,
    /** Not tried: the key may use neither the name asked for nor this target. */
    NOT_ALLOWED
  }

  /** A target and what became of it. */
  public record Judged(Target target, Verdict verdict) {}

  /** A policy that a level names and that had nothing to say. */
  public record Passed(Level.Kind level, String policyId, Why why) {}

  /** Why a policy that a level names did not answer. */
  public enum Why {
    DOES_NOT_LIST_THE_MODEL,
    IS_NOT_ACTIVE_OR_NOT_USABLE
  }

  /**
   * The plan.
   *
   * @throws GatewayException the refusal, when there is none
   */
  public RoutePlan plan() {
    if (refusal != null) {
      throw refusal;
    }
    return new RoutePlan(planned(), policy == null ? AttemptRules.DEFAULT : policy.attempts());
  }

  /** The targets in the order in which they are tried; empty after a refusal. */
  public List<Target> planned() {
    var planned = new ArrayList<Target>(targets.size());
    for (var judged : targets) {
      if (judged.verdict() != Verdict.NOT_ALLOWED) {
        planned.add(judged.target());
      }
    }
    return planned;
  }

  @Override
  public void write(JsonWriter json) {
    json.object().name("model").value(asked).name("decided_by").value(word(origin));
    json.name("policy");
    if (policy == null) {
      json.nullValue();
    } else {
      json.object().name("id").value(policy.id()).name("name").value(policy.name());
      json.name("version").value(policy.version()).endObject();
    }
    json.name("passed_over").array();
    for (var one : passed) {
      json.object().name("level").value(word(one.level()));
      json.name("routing_policy_id").value(one.policyId());
      json.name("reason").value(word(one.why())).endObject();
    }
    json.endArray().name("rules").array();
    for (var step : steps.reversed()) {
      json.object().name("at").value(step.choice().place());
      json.name("type").value(step.choice().strategy().type());
      json.name("first").value(step.choice().placeOf(step.first())).endObject();
    }
    json.endArray().name("targets").array();
    for (var one : targets) {
      json.object().name("target").value(one.target().id());
      json.name("provider").value(one.target().provider().name());
      json.name("model").value(one.target().model());
      json.name("verdict").value(word(one.verdict())).endObject();
    }
    json.endArray().name("refusal");
    if (refusal == null) {
      json.nullValue();
    } else {
      json.object().name("status").value((long) refusal.status());
      json.name("code").value(refusal.code().code());
      json.name("message").value(refusal.text()).endObject();
    }
    json.endObject();
  }

  /** The id of the policy that decided. */
  public Optional<String> policyId() {
    return Optional.ofNullable(policy).map(RoutingPolicy::id);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
