package dev.weir.snapshot;

import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.identity.Level;
import dev.weir.identity.Principal;
import dev.weir.routing.Catalogue;
import dev.weir.routing.Router;
import dev.weir.usage.PriceList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that decides a request, compiled when it changes and never while one runs. Immutable.
 *
 * @param version of the configuration in the database that it shows
 * @param prices past and to come
 * @param guardrails the profiles that are there for every tenant
 */
public record Snapshot(
    long version,
    Catalogue catalogue,
    Router router,
    PriceList prices,
    ProfileBook guardrails,
    TenantViews tenants) {
  private static final List<String> LEVELS = Stream.of(Level.Kind.values())
      .map(kind -> kind.name().toLowerCase(Locale.ROOT))
      .toList();

  /** What one tenant has made of its own. */
  public TenantView tenant(String tenantId) {
    var view = tenants.find(tenantId);
    return view != null ? view : TenantView.none(tenantId);
  }

  /** Whether it has all that a caller's levels name, or is as new as the caller and would have it if it were there. */
  boolean shows(Principal caller) {
    if (caller.version() <= version) {
      return true;
    }
    var view = tenant(caller.tenantId());
    var book = view.book().orElse(guardrails);
    for (var level : caller.levels()) {
      var profile = level.guardrailProfile();
      var policy = level.routingPolicy();
      if ((profile.isPresent() && book.profile(profile.get()) == null)
          || (policy.isPresent() && view.routing().policies().find(policy.get()).isEmpty())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The guardrails that hold for a caller.
   *
   * @param route the profile that the caller's route names, which is the most specific level
   * @param more a profile that the request asks for on top
   */
  public GuardrailChain guardrails(
      Principal caller, Optional<String> route, Optional<String> more) {
    var view = tenants.find(caller.tenantId());
    var book = view == null ? guardrails : view.book().orElse(guardrails);
    var namings = new ArrayList<Naming>(5);
    route.ifPresent(id -> namings.add(new Naming("route", id)));
    for (var level : caller.levels()) {
      if (level.guardrailProfile().isPresent()) {
        namings.add(new Naming(
            LEVELS.get(level.kind().ordinal()), level.guardrailProfile().get()));
      }
    }
    return book.chain(namings, more);
  }
}
