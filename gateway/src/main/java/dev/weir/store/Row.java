package dev.weir.store;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row as the API shows it. Immutable by contract.
 *
 * @param version grows with each change: the ETag
 * @param tenant whose it is; empty: the gateway's
 * @param publicId of a key
 */
public record Row(
    String id,
    ObjectNode document,
    long version,
    Optional<String> tenant,
    Optional<String> publicId) {}
