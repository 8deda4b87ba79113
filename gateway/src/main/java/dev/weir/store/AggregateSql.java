package dev.weir.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements of one aggregate, made once of its constants; values are parameters, always. Immutable. */
final class AggregateSql {
  private static final List<String> SERVER_COLUMNS =
      List.of("managed_by", "created_at", "updated_at");

  private final Aggregate aggregate;
  private final String select;

  AggregateSql(Aggregate aggregate) {
    this.aggregate = aggregate;
    this.select = "SELECT t.id, t.version, "
        + aggregate.tenancy().column().map(column -> "t." + column).orElse("NULL::text")
        + " AS tenant, "
        + (aggregate.hidden().contains("public_id") ? "t.public_id" : "NULL::text")
        + " AS public_id, (SELECT row_to_json(r) FROM (SELECT " + shown()
        + ") r)::text AS document FROM " + aggregate.table() + " t WHERE t.deleted_at IS NULL";
  }

  private String shown() {
    return Stream.of(
            Stream.of("t.id"),
            aggregate.columns().stream().map(column -> "t." + column),
            aggregate.derived().stream().map(one -> one.sql() + " AS " + one.name()),
            SERVER_COLUMNS.stream().map(column -> "t." + column))
        .flatMap(part -> part)
        .collect(Collectors.joining(", "));
  }

  /** A row of whatever tenant: {@code :id}. */
  String byId() {
    return select + " AND t.id = :id";
  }

  /** A page: {@code :after} (a row's id, or null), {@code :limit} and, for one tenant's rows, {@code :tenant}. */
  String page(boolean ofOneTenant) {
    return select
        + (ofOneTenant ? " AND t." + tenantColumn() + " = :tenant" : "")
        + " AND t.seq > coalesce((SELECT seq FROM " + aggregate.table()
        + " WHERE id = :after), 0) ORDER BY t.seq LIMIT :limit";
  }

  String cursor() {
    return "SELECT 1 FROM " + aggregate.table() + " WHERE id = :id";
  }

  private String tenantColumn() {
    return aggregate.tenancy().column().orElseThrow();
  }

  /** Puts members of the JSON object {@code :row} into columns of their names. */
  String insert(List<String> columns) {
    var names = String.join(", ", columns);
    return "INSERT INTO " + aggregate.table() + " (" + names + ") SELECT " + names
        + " FROM jsonb_populate_record(NULL::" + aggregate.table() + ", :row::jsonb)";
  }

  /** The same for the row {@code :id} that is there. */
  String update(List<String> columns) {
    var names = columns.stream().map(column -> "r." + column).collect(Collectors.joining(", "));
    var set = columns.isEmpty()
        ? ""
        : "(" + String.join(", ", columns) + ") = (SELECT " + names
            + " FROM jsonb_populate_record(NULL::" + aggregate.table() + ", :row::jsonb) r), ";
    return "UPDATE " + aggregate.table() + " SET " + set
        + "version = version + 1, updated_at = now() WHERE id = :id";
  }

  String delete() {
    return "UPDATE " + aggregate.table()
        + " SET deleted_at = now(), version = version + 1, updated_at = now() WHERE id = :id";
  }

  static String deleteOwned(Aggregate.Link link) {
    return "UPDATE " + link.table()
        + " SET deleted_at = now(), version = version + 1, updated_at = now()"
        + " WHERE deleted_at IS NULL AND " + link.column() + " = :id";
  }

  static String uses(Aggregate.Link link) {
    return "SELECT 1 FROM " + link.table() + " WHERE deleted_at IS NULL AND " + link.column()
        + " = :id LIMIT 1";
  }

  /** Whether {@code :id} is there, of the tenant {@code :tenant} where that table has tenants. */
  static String exists(Aggregate.Reference reference) {
    return "SELECT 1 FROM " + reference.table() + " WHERE deleted_at IS NULL AND id = :id"
        + reference
            .tenancy()
            .column()
            .map(column -> " AND " + column + " = :tenant")
            .orElse("");
  }
}
