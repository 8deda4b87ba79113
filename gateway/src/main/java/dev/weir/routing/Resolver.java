package dev.weir.routing;

import dev.weir.identity.Level;
import dev.weir.identity.Principal;
import dev.weir.routing.RouteDecision.Origin;
import dev.weir.routing.RouteDecision.Passed;
import dev.weir.routing.RouteDecision.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what answers for a name, for one caller. Immutable; hot path. */
record Resolver(Principal caller, TenantRouting tenant, Catalogue catalogue) {
  /** What answers for a name: the policies that the caller's levels name, the tenant's aliases, the catalogue. */
  Resolution resolve(String asked) {
    List<Passed> passed = List.of();
    var addressed = catalogue.addresses(asked);
    for (var level : caller.levels()) {
      if (level.routingPolicy().isEmpty()) {
        continue;
      }
      var policy = tenant.policy(level.routingPolicy().get());
      if (policy.isPresent() && policy.get().answersFor(asked, addressed)) {
        return by(policy.get(), Origin.of(level.kind()), asked, passed);
      }
      passed = with(passed, level, policy.isPresent());
    }
    var alias = tenant.alias(asked);
    if (alias.isPresent()) {
      return by(alias.get(), Origin.ALIAS, asked, passed);
    }
    var target = catalogue.find(asked);
    return target.isEmpty()
        ? new Resolution(asked, Origin.NOTHING, null, null, passed)
        : new Resolution(
            asked, Origin.CATALOGUE, null, new Choice.One(target.get(), Optional.empty()), passed);
  }

  /** The policy that an API route fixes. */
  Resolution fixed(String policyId) {
    return tenant
        .policy(policyId)
        .map(policy -> by(policy, Origin.API_ROUTE, policy.policy().name(), List.of()))
        .orElseGet(() -> new Resolution(policyId, Origin.NOTHING, null, null, List.of()));
  }

  private static Resolution by(
      CompiledPolicy policy, Origin origin, String asked, List<Passed> passed) {
    return new Resolution(asked, origin, policy, policy.choice(), passed);
  }

  private static List<Passed> with(List<Passed> passed, Level level, boolean usable) {
    var longer = new ArrayList<>(passed);
    longer.add(new Passed(
        level.kind(),
        level.routingPolicy().orElseThrow(),
        usable ? Why.DOES_NOT_LIST_THE_MODEL : Why.IS_NOT_ACTIVE_OR_NOT_USABLE));
    return longer;
  }

  /** Whether the key may ask for what answers, whatever it leads to. */
  boolean mayAsk(Resolution found) {
    var policy = found.policy();
    return (policy != null && found.origin() == Origin.API_ROUTE)
        ? policy.policy().models().stream().anyMatch(this::listed)
        : listed(found.asked());
  }

  private boolean listed(String name) {
    return caller.allowedModels().isEmpty() || Names.anyMatches(caller.allowedModels(), name);
  }

  /**
   * Whether the key may use a target under whatever name leads to it: its full name is allowed, or its bare name is and
   * means this target to the caller.
   *
   * <p>So a list of aliases opens nothing behind them, and a list of models is no way around.
   */
  boolean mayUse(Target target) {
    if (listed(target.id())) {
      return true;
    }
    return listed(target.model())
        && catalogue.bareNameMeans(target)
        && policyFor(target.model()) == null;
  }

  private @Nullable CompiledPolicy policyFor(String name) {
    return resolve(name).policy();
  }
}
