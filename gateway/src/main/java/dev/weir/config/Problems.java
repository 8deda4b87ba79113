package dev.weir.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, gathered, so that one look shows all of it. Used by one thread. */
final class Problems {
  private static final int MOST = 20;

  private final List<String> found = new ArrayList<>();

  /**
   * @param path of the value, such as {@code resources.providers[0].base_url}; empty for the whole file
   */
  void add(Origin origin, String path, String what) {
    found.add(origin + ": " + (path.isEmpty() ? "" : path + ": ") + what);
  }

  boolean none() {
    return found.isEmpty();
  }

  /**
   * @throws ConfigFailure with a line for each problem, when there is one
   */
  void raise() {
    if (!found.isEmpty()) {
      var shown = String.join("\n", found.subList(0, Math.min(MOST, found.size())));
      var more = found.size() - MOST;
      throw new ConfigFailure(more > 0 ? shown + "\nand " + more + " more" : shown);
    }
  }
}
