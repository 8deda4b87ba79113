package dev.weir.snapshot;

import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.identity.Principal;
import dev.weir.routing.Router;
import java.util.ArrayList;
import java.util.Optional;

/** Everything that decides a request, compiled when it changes and never while one runs. Immutable. */
public record Snapshot(Router router, ProfileBook profiles) {
  private static final String[] LEVELS = {"key", "team", "department", "tenant"};

  /**
   * The guardrails that hold for a caller.
   *
   * @param more a profile that the request asks for on top
   */
  public GuardrailChain guardrails(Principal caller, Optional<String> more) {
    var namings = new ArrayList<Naming>(4);
    for (var level : caller.levels()) {
      if (level.guardrailProfile().isPresent()) {
        namings.add(new Naming(LEVELS[level.kind().ordinal()], level.guardrailProfile().get()));
      }
    }
    return profiles.chain(namings, more);
  }
}
