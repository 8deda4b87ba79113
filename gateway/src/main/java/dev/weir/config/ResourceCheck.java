package dev.weir.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What the declared resources must be besides their types: names that differ, keys that are whole. Used by one thread. */
final class ResourceCheck {
  private final ConfigNode.Mapping written;
  private final Problems problems;

  private ResourceCheck(ConfigNode.Mapping written, Problems problems) {
    this.written = written;
    this.problems = problems;
  }

  static void of(Resources resources, ConfigNode.Mapping written, Problems problems) {
    var check = new ResourceCheck(written, problems);
    check.differ("tenants", resources.tenants(), Resources.Tenant::name);
    check.differ(
        "guardrail_profiles",
        resources.guardrailProfiles(),
        profile -> profile.name() + " of " + profile.tenant());
    check.differ(
        "routing_policies",
        resources.routingPolicies(),
        policy -> policy.name() + " of " + policy.tenant());
    check.differ(
        "departments",
        resources.departments(),
        department -> department.name() + " of " + department.tenant());
    check.differ(
        "teams",
        resources.teams(),
        team -> team.name() + " of " + team.department() + " of " + team.tenant());
    check.differ("api_keys", resources.apiKeys(), key -> key.name() + " of " + key.tenant());
    var providers = check.differ("providers", resources.providers(), Resources.Provider::name);
    check.differ("models", resources.models(), model -> model.name() + " of " + model.provider());
    check.models(resources, providers);
    for (var i = 0; i < resources.models().size(); i++) {
      var prices = resources.models().get(i).prices();
      for (var j = 0; j < prices.size(); j++) {
        var from = prices.get(j).validFrom();
        if (prices.subList(0, j).stream().anyMatch(other -> other.validFrom().equals(from))) {
          check.add(
              "models[" + i + "].prices[" + j + "].valid_from", "another price holds from then on");
        }
      }
    }
    check.keys(resources.apiKeys());
  }

  private <T> Set<String> differ(String list, List<T> all, Function<T, String> name) {
    var names = new HashSet<String>();
    for (var i = 0; i < all.size(); i++) {
      if (!names.add(name.apply(all.get(i)))) {
        add(list + "[" + i + "].name", name.apply(all.get(i)) + " is there twice");
      }
    }
    return names;
  }

  private void models(Resources resources, Set<String> providers) {
    for (var i = 0; i < resources.models().size(); i++) {
      var provider = resources.models().get(i).provider();
      if (!providers.contains(provider)) {
        add(
            "models[" + i + "].provider",
            "there is no provider " + provider + " in this file"
                + Suggestion.of(provider, providers));
      }
    }
  }

  private void keys(List<Resources.ApiKey> keys) {
    for (var i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      var parts =
          key.publicId().isPresent() && key.hash().isPresent() && key.last4().isPresent();
      var none = key.publicId().isEmpty() && key.hash().isEmpty() && key.last4().isEmpty();
      if (key.key().isPresent() ? !none : !parts) {
        add("api_keys[" + i + "]", "needs either key, or public_id, hash and last4");
      }
      if (key.team().isPresent() && key.department().isEmpty()) {
        add("api_keys[" + i + "].team", "needs the department besides");
      }
    }
  }

  private void add(String path, String what) {
    var whole = "resources." + path;
    problems.add(ConfigPath.origin(written, whole), whole, what);
  }
}
