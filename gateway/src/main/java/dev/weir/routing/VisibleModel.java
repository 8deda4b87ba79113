package dev.weir.routing;

/**
 * A name that a key may ask for. Immutable.
 *
 * @param id {@code <provider>/<model>}, or an alias
 * @param bareName the model without its provider; an alias itself
 * @param owner the provider's name, or {@link #ALIAS}
 */
public record VisibleModel(String id, String bareName, String owner) {
  /** The owner of what a routing policy answers for. */
  public static final String ALIAS = "routing-policy";
}
