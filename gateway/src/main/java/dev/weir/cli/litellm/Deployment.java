package dev.weir.cli.litellm;

import java.util.Optional;

/**
 * One entry of {@code model_list}: a model at a provider, under a name that clients ask for.
 *
 * @param name that clients ask for
 * @param provider ours
 * @param model as the provider names it; empty for all of its models
 * @param weight of its share among those of the same name
 */
record Deployment(Entry entry, String name, String provider, Optional<String> model, long weight) {
  /** As a policy names it. */
  String target() {
    return provider + "/" + model.orElse("");
  }
}
