package dev.weir.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the names that a caller may ask for. Stateless. */
final class VisibleModels {
  private VisibleModels() {}

  /** The catalogue's full names, then aliases, then single names that the key's own list holds besides. */
  static List<VisibleModel> of(Resolver resolver) {
    var models = new LinkedHashMap<String, VisibleModel>();
    for (var target : resolver.catalogue().targets()) {
      if (resolver.mayUse(target)) {
        put(models, target);
      }
    }
    for (var level : resolver.caller().levels()) {
      level
          .routingPolicy()
          .flatMap(resolver.tenant()::policy)
          .ifPresent(
              policy -> policy.policy().models().forEach(name -> alias(models, resolver, name)));
    }
    resolver.tenant().aliases().forEach(name -> alias(models, resolver, name));
    resolver.caller().allowedModels().forEach(name -> single(models, resolver, name));
    return new ArrayList<>(models.values());
  }

  private static void alias(Map<String, VisibleModel> models, Resolver resolver, String name) {
    var found = resolver.resolve(name);
    var choice = found.choice();
    if (choice != null && (resolver.mayAsk(found) || reaches(choice, resolver))) {
      models.put(name, new VisibleModel(name, name, VisibleModel.ALIAS));
    }
  }

  private static boolean reaches(Choice choice, Resolver resolver) {
    return switch (choice) {
      case Choice.One one -> resolver.mayUse(one.target());
      case Choice.Of of -> of.branches().stream().anyMatch(branch -> reaches(branch, resolver));
    };
  }

  // a provider without a list of models is asked for any: what the key's list names is all that can
  // be said of it
  private static void single(Map<String, VisibleModel> models, Resolver resolver, String name) {
    if (name.endsWith("*")
        || models.values().stream()
            .anyMatch(model -> model.id().equals(name) || model.bareName().equals(name))) {
      return;
    }
    var found = resolver.resolve(name);
    if (found.policy() != null) {
      models.put(name, new VisibleModel(name, name, VisibleModel.ALIAS));
    } else if (found.choice() instanceof Choice.One one) {
      put(models, one.target());
    }
  }

  private static void put(Map<String, VisibleModel> models, Target target) {
    models.put(
        target.id(),
        new VisibleModel(target.id(), target.model(), target.provider().name()));
  }
}
