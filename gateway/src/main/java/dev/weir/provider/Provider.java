package dev.weir.provider;

import java.util.List;

/** A place that answers requests: over HTTP, or inside this process. Immutable in all that is read here. */
public sealed interface Provider permits RemoteProvider, LocalProvider {
  /** The name before the slash of {@code <provider>/<model>}. */
  String name();

  /** The models it is known to have, without the provider's name; empty when any name is passed on. */
  List<String> models();
}
