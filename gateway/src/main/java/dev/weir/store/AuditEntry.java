package dev.weir.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row of the audit log. Immutable.
 *
 * @param at when, to the microsecond, which is what the database keeps
 * @param change the fields after the change as a JSON object, secrets left out
 */
public record AuditEntry(
    long seq,
    Instant at,
    String actor,
    String action,
    String resource,
    String resourceId,
    Optional<String> tenantId,
    String change) {

  /** All that the hash covers, in a fixed order. */
  List<String> parts() {
    return List.of(
        Long.toString(seq),
        at.toString(),
        actor,
        action,
        resource,
        resourceId,
        tenantId.map(id -> "=" + id).orElse(""),
        change);
  }
}
