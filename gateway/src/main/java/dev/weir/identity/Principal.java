package dev.weir.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that one statement says about a key: itself, its ancestors, what they allow. Immutable.
 *
 * @param allowedModels names or patterns with a trailing {@code *} that the key may use; empty: all
 * @param allowedAddresses networks in CIDR form the key may be used from; empty: all
 * @param guardrailProfiles profile ids from the most specific level to the tenant's, levels without one left out
 * @param routingPolicies policy ids in the same order
 */
public record Principal(
    String keyId,
    String tenantId,
    Optional<String> departmentId,
    Optional<String> teamId,
    Optional<Instant> expiresAt,
    List<String> allowedModels,
    List<String> allowedAddresses,
    List<String> guardrailProfiles,
    List<String> routingPolicies) {
  public Principal {
    allowedModels = List.copyOf(allowedModels);
    allowedAddresses = List.copyOf(allowedAddresses);
    guardrailProfiles = List.copyOf(guardrailProfiles);
    routingPolicies = List.copyOf(routingPolicies);
  }
}
