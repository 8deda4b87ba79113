package dev.weir.store;

import java.util.Optional;

/**
 * Who acts, and within what: everything of other tenants is to it as if it did not exist. Immutable.
 *
 * @param name what the audit log says: an admin's id, or the command that ran
 * @param tenant the one tenant it may see; empty: all
 */
public record Actor(String name, Optional<String> tenant) {
  /** What the names of configuration files begin with. */
  static final String FILE = "file:";

  /** A configuration file. */
  static Actor file(String name) {
    return new Actor(FILE + name, Optional.empty());
  }

  /** A command of the operator's, on the machine itself. */
  public static Actor command(String name) {
    return new Actor("command:" + name, Optional.empty());
  }
}
