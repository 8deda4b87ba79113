package dev.weir.routing;

import dev.weir.provider.Provider;

/**
 * One model at one provider.
 *
 * @param model as the provider names it
 */
public record Target(Provider provider, String model) {
  /** The catalogue's id: {@code <provider>/<model>}. */
  public String id() {
    return provider.name() + "/" + model;
  }
}
