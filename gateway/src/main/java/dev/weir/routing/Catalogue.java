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
  private final List<Target> targets;

  /**
   * @throws IllegalArgumentException when two providers share a name
   */
  public Catalogue(List<Provider> providers) {
    var byName = new LinkedHashMap<String, Provider>();
    var byModel = new HashMap<String, Target>();
    var all = new ArrayList<Target>();
    for (var provider : providers) {
      if (byName.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two providers are named " + provider.name());
      }
      for (var model : provider.models()) {
        var target = new Target(provider, model);
        byModel.putIfAbsent(model, target);
        all.add(target);
      }
    }
    this.providers = Map.copyOf(byName);
    this.bare = Map.copyOf(byModel);
    this.targets = List.copyOf(all);
  }

  /** The target that a name means. A provider without a list of models is asked for any. */
  Optional<Target> find(String name) {
    var slash = name.indexOf('/');
    if (slash > 0) {
      var provider = providers.get(name.substring(0, slash));
      var model = name.substring(slash + 1);
      if (provider != null && !model.isEmpty()) {
        return provider.models().isEmpty() || provider.models().contains(model)
            ? Optional.of(new Target(provider, model))
            : Optional.empty();
      }
    }
    return Optional.ofNullable(bare.get(name));
  }

  /** Every model that is known by name, in the order of configuration. */
  public List<Target> targets() {
    return targets;
  }

  public List<Provider> providers() {
    return List.copyOf(providers.values());
  }
}
