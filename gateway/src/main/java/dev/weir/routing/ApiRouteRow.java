package dev.weir.routing;

import java.util.Optional;

/**
 * An API route as it is stored. Immutable.
 *
 * @param parameters a JSON object
 */
public record ApiRouteRow(
    String id,
    String path,
    String method,
    String protocol,
    int priority,
    Optional<String> routingPolicyId,
    Optional<String> model,
    Optional<String> guardrailProfileId,
    String parameters) {}
