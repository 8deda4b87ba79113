package dev.weir.admin;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the contract.
 *
 * @param id the document's {@code operationId}
 * @param path under {@code /admin/v1}, parameters in braces
 * @param resource the table it is about
 * @param reach whether admins of one tenant may call it
 * @param query the query parameters it takes
 * @param bodySchema name of the request body's schema; empty when it takes none
 */
public record AdminOperation(
    String id,
    String method,
    String path,
    Role role,
    Reach reach,
    String resource,
    List<QueryParameter> query,
    Optional<String> bodySchema) {
  public AdminOperation {
    query = List.copyOf(query);
  }

  /** Whom an operation is for. */
  public enum Reach {
    /** Every admin of its role, within what it may see. */
    TENANT,
    /** Admins of the whole gateway alone. */
    GATEWAY
  }

  /** A query parameter and what its schema says of it. */
  public record QueryParameter(String name, JsonNode schema) {}

  /** Whether it is about one object, named in the path. */
  public boolean ofOne() {
    return path.contains("{id}");
  }
}
