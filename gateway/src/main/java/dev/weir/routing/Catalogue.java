package dev.weir.routing;

import dev.weir.provider.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All providers with their models. Immutable.
 *
 * <p>{@code <provider>/<model>} always means that provider; a bare name means the first provider that has it.
 */
public final class Catalogue {
  private final Map<String, Provider> providers;
  private final Map<String, Target> bare;
  private final Map<String, Target> full;
  private final List<Target> targets;

  /**
   * @throws IllegalArgumentException when two providers share a name
   */
  public Catalogue(List<Provider> providers) {
    var byName = new LinkedHashMap<String, Provider>();
    var byModel = new HashMap<String, Target>();
    var byId = new HashMap<String, Target>();
    var all = new ArrayList<Target>();
    for (var provider : providers) {
      if (byName.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two providers are named " + provider.name());
      }
      for (var model : provider.models()) {
        var target = new Target(provider, model);
        byModel.putIfAbsent(model, target);
        byId.put(target.id(), target);
        all.add(target);
      }
    }
    this.providers = Map.copyOf(byName);
    this.bare = Map.copyOf(byModel);
    this.full = Map.copyOf(byId);
    this.targets = List.copyOf(all);
  }

  /** Whether a name is {@code <provider>/<model>} of a provider that is there, whether it has the model or not. */
  boolean addresses(String name) {
    var slash = name.indexOf('/');
    return slash > 0
        && slash < name.length() - 1
        && (full.containsKey(name) || providers.containsKey(name.substring(0, slash)));
  }

  /** The target that a name means. A provider without a list of models is asked for any. */
  Optional<Target> find(String name) {
    var known = full.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (addresses(name)) {
      var slash = name.indexOf('/');
      var provider = providers.get(name.substring(0, slash));
      return provider != null && provider.models().isEmpty()
          ? Optional.of(new Target(provider, name.substring(slash + 1)))
          : Optional.empty();
    }
    return Optional.ofNullable(bare.get(name));
  }

  /** Whether this target is what its model's bare name means. */
  boolean bareNameMeans(Target target) {
    return target.equals(bare.get(target.model()));
  }

  /** Every model that is known by name, in the order of configuration. */
  public List<Target> targets() {
    return targets;
  }

  public List<Provider> providers() {
    return List.copyOf(providers.values());
  }
}
