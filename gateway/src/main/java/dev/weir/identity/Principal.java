package dev.weir.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that one statement says about a key: itself, its ancestors, what they allow. Immutable.
 *
 * @param version of the configuration it was read at: all changes up to this one are in it
 * @param levels from the key itself up to its tenant; a team or department the key does not hang under is left out, a level
 *     that names neither profile nor policy is not
 * @param allowedModels names or patterns with a trailing {@code *} that the key may use; empty: all
 * @param allowedAddresses networks in CIDR form the key may be used from; empty: all
 */
public record Principal(
    long version,
    List<Level> levels,
    Optional<Instant> expiresAt,
    List<String> allowedModels,
    List<String> allowedAddresses) {
  /**
   * @throws IllegalArgumentException when the levels do not begin with a key and end with a tenant
   */
  public Principal {
    levels = List.copyOf(levels);
    allowedModels = List.copyOf(allowedModels);
    allowedAddresses = List.copyOf(allowedAddresses);
    if (levels.size() < 2
        || levels.getFirst().kind() != Level.Kind.KEY
        || levels.getLast().kind() != Level.Kind.TENANT) {
      throw new IllegalArgumentException("levels go from a key to its tenant");
    }
  }

  public String keyId() {
    return levels.getFirst().id();
  }

  public String tenantId() {
    return levels.getLast().id();
  }

  public Optional<String> departmentId() {
    return id(Level.Kind.DEPARTMENT);
  }

  public Optional<String> teamId() {
    return id(Level.Kind.TEAM);
  }

  private Optional<String> id(Level.Kind kind) {
    for (var level : levels) {
      if (level.kind() == kind) {
        return Optional.of(level.id());
      }
    }
    return Optional.empty();
  }
}
