package dev.weir.admin;

import java.util.Optional;

/**
 * One operation of the contract.
 *
 * @param id the document's {@code operationId}
 * @param path under {@code /admin/v1}, parameters in braces
 * @param resource the table it is about
 * @param bodySchema name of the request body's schema; empty when it takes none
 */
public record AdminOperation(
    String id,
    String method,
    String path,
    Role role,
    String resource,
    Optional<String> bodySchema) {}
