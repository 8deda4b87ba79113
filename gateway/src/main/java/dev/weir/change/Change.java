package dev.weir.change;

import java.util.Optional;

/**
 * One change of what requests depend on, as the database numbered it. Immutable.
 *
 * @param version the number; who has read this version of the configuration has seen the change
 * @param id of what was changed; empty for {@link Kind#EVERYTHING}
 * @param tenantId whose it is; empty for what belongs to the whole gateway
 * @param publicId of a key, by which caches know it
 */
public record Change(
    long version, Kind kind, String id, Optional<String> tenantId, Optional<String> publicId) {
  /** What kinds of things change; the words of the database in lower case. */
  public enum Kind {
    TENANT,
    DEPARTMENT,
    TEAM,
    API_KEY,
    GUARDRAIL_PROFILE,
    ROUTING_POLICY,
    API_ROUTE,
    PROVIDER,
    MODEL,

    /** Too many changes for single records, or changes that were missed: nothing held is current. */
    EVERYTHING;

    /** The kind of this name; a name that this build does not know means everything. */
    public static Kind named(String name) {
      for (var kind : values()) {
        if (kind.name().equalsIgnoreCase(name)) {
          return kind;
        }
      }
      return EVERYTHING;
    }
  }

  /** Nothing that was read before this version is current. */
  public static Change everything(long version) {
    return new Change(version, Kind.EVERYTHING, "", Optional.empty(), Optional.empty());
  }
}
