package dev.weir.store;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One change as the audit log keeps it. Immutable by contract.
 *
 * @param action create, update, delete, revoke, rotate
 * @param resource the table it is about
 * @param tenant whose it is; empty: the whole gateway's
 * @param fields after the change, secrets left out
 */
record Change(
    String actor,
    String action,
    String resource,
    String id,
    Optional<String> tenant,
    JsonNode fields) {}
