package dev.weir.store;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list. Immutable.
 *
 * @param next where the following page begins; empty on the last
 */
public record Page<T>(List<T> entries, Optional<String> next) {
  public Page {
    entries = List.copyOf(entries);
  }
}
