package dev.weir.store;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of one aggregate as JSON documents. Safe for many threads; not hot path.
 *
 * <p>A row that the actor may not see is answered in every way as one that is not there.
 */
public final class AggregateStore {
  // a number keeps all its digits
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private final Aggregate aggregate;
  private final AggregateSql sql;
  private final Transactions transactions;
  private final ChangeLog changes;

  public AggregateStore(Aggregate aggregate, Transactions transactions, ChangeLog changes) {
    this.aggregate = aggregate;
    this.sql = new AggregateSql(aggregate);
    this.transactions = transactions;
    this.changes = changes;
  }

  public Aggregate aggregate() {
    return aggregate;
  }

  /** What a change does besides writing its columns, in the same transaction. */
  @FunctionalInterface
  public interface Step {
    /** No more than its columns. */
    Step NONE = (_, _, _) -> {};

    /**
     * @param before the row as it was; empty when it was made just now
     */
    void run(Handle handle, String id, Optional<Row> before);
  }

  /**
   * A page of the rows an actor may see, oldest first.
   *
   * @param tenant only this one's
   * @param after where the page before ended
   */
  public Page<Row> list(Actor actor, Optional<String> tenant, Optional<String> after, int limit) {
    var wanted = ofTenants() ? actor.tenant().or(() -> tenant) : Optional.<String>empty();
    if (actor.tenant().isPresent() && tenant.isPresent() && !actor.tenant().equals(tenant)) {
      return new Page<>(List.of(), Optional.empty());
    }
    var found = transactions.run(handle -> {
      after.ifPresent(id -> requireCursor(handle, id));
      var query = handle.createQuery(sql.page(wanted.isPresent()));
      wanted.ifPresent(id -> query.bind("tenant", id));
      return query
          .bind("after", after.orElse(null))
          .bind("limit", limit + 1)
          .map((row, _) -> read(row))
          .list();
    });
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    return new Page<>(found.subList(0, limit), Optional.of(found.get(limit - 1).id()));
  }

  // also the row that was deleted meanwhile says where the page before ended
  private void requireCursor(Handle handle, String id) {
    if (handle
        .createQuery(sql.cursor())
        .bind("id", id)
        .mapTo(Integer.class)
        .findFirst()
        .isEmpty()) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE, "The cursor is not one that a page of this list ended with.")
          .param("cursor");
    }
  }

  /**
   * One row.
   *
   * @throws GatewayException NOT_FOUND
   */
  public Row get(Actor actor, String id) {
    return transactions.run(handle -> visible(handle, actor, id));
  }

  /** Makes a row of a checked document, whose tenant must be the actor's. */
  public Row insert(Actor actor, ObjectNode fields, Step step) {
    return changes.change(handle -> insert(handle, actor, fields, step));
  }

  Row insert(Handle handle, Actor actor, ObjectNode fields, Step step) {
    var tenant = Optional.ofNullable(fields.get("tenant_id"))
        .filter(JsonNode::isString)
        .map(JsonNode::asString);
    if (actor.tenant().isPresent() && !actor.tenant().equals(tenant)) {
      throw missing("tenant_id");
    }
    requireReferences(handle, fields, tenant);
    var id = Ids.next(aggregate.prefix());
    var row = fields.deepCopy().put("id", id);
    handle
        .createUpdate(sql.insert(columns(row, "id")))
        .bind("row", row.toString())
        .execute();
    step.run(handle, id, Optional.empty());
    var made = find(handle, id).orElseThrow();
    record(handle, actor, "create", made, made.document());
    return made;
  }

  /**
   * What is asked of a row.
   *
   * @param action as the audit log names it
   * @param fits whether the row's version is one that the caller knows
   */
  public record Update(String action, String id, Predicate<Row> fits) {}

  /** Decides by the row as it is which columns are written. */
  @FunctionalInterface
  public interface Decision {
    ObjectNode fields(Row before);
  }

  /** Changes a row that the actor may see. */
  public Row update(Actor actor, Update update, Decision decision, Step step) {
    return changes.change(handle -> {
      var before = changeable(handle, actor, update);
      return write(handle, actor, update.action(), before, decision.fields(before), step);
    });
  }

  /** Writes columns of a row, whoever manages it. */
  Row write(Handle handle, Actor actor, String action, Row before, ObjectNode fields, Step step) {
    requireReferences(handle, fields, before.tenant());
    var write = handle.createUpdate(sql.update(columns(fields))).bind("id", before.id());
    if (!fields.isEmpty()) {
      write.bind("row", fields.toString());
    }
    write.execute();
    step.run(handle, before.id(), Optional.of(before));
    var after = find(handle, before.id()).orElseThrow();
    record(handle, actor, action, after, changed(before.document(), after.document()));
    return after;
  }

  /** Deletes a row that the actor may see, and what it owns. */
  public void delete(Actor actor, Update update, Step step) {
    changes.change(handle -> {
      var before = changeable(handle, actor, update);
      remove(handle, actor, before, step);
      return before;
    });
  }

  /** Deletes a row and what it owns, whoever manages it. */
  void remove(Handle handle, Actor actor, Row before, Step step) {
    for (var link : aggregate.users()) {
      if (found(handle, AggregateSql.uses(link), before)) {
        throw GatewayException.of(
            ErrorCode.CONFLICT, "It is still named by " + link.table().replace('_', ' ') + ".");
      }
    }
    for (var link : aggregate.owned()) {
      handle
          .createUpdate(AggregateSql.deleteOwned(link))
          .bind("id", before.id())
          .execute();
    }
    handle.createUpdate(sql.delete()).bind("id", before.id()).execute();
    step.run(handle, before.id(), Optional.of(before));
    record(handle, actor, "delete", before, JSON.createObjectNode());
  }

  private static boolean found(Handle handle, String query, Row row) {
    return handle
        .createQuery(query)
        .bind("id", row.id())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  private Row changeable(Handle handle, Actor actor, Update update) {
    var row = visible(handle, actor, update.id());
    if (!update.fits().test(row)) {
      throw GatewayException.of(
              ErrorCode.PRECONDITION_FAILED,
              "It was changed since it was read: read it again, and send its ETag as If-Match.")
          .param("If-Match");
    }
    if (row.document().path("managed_by").asString("").equals("file")) {
      throw GatewayException.of(
          ErrorCode.CONFLICT,
          changes
              .file(handle, aggregate.table(), row)
              .map(file -> "The configuration file " + file + " declares it: change it there.")
              .orElse("The configuration file declares it: change it there."));
    }
    return row;
  }

  private Row visible(Handle handle, Actor actor, String id) {
    return find(handle, id)
        .filter(
            row -> actor.tenant().isEmpty() || !ofTenants() || actor.tenant().equals(row.tenant()))
        .orElseThrow(AggregateStore::notFound);
  }

  // what is the gateway's is seen by everybody whom its operation lets in
  private boolean ofTenants() {
    return aggregate.tenancy() != Aggregate.Tenancy.NONE;
  }

  Optional<Row> find(Handle handle, String id) {
    return handle
        .createQuery(sql.byId())
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  private void requireReferences(Handle handle, ObjectNode fields, Optional<String> tenant) {
    for (var reference : aggregate.references()) {
      var id = fields.get(reference.column());
      if (id == null || id.isNull() || reference.builtIn().contains(id.asString())) {
        continue;
      }
      var query = handle.createQuery(AggregateSql.exists(reference)).bind("id", id.asString());
      reference.tenancy().column().ifPresent(_ -> query.bind("tenant", tenant.orElse(null)));
      if (query.mapTo(Integer.class).findFirst().isEmpty()) {
        throw missing(reference.column());
      }
    }
  }

  /** What a foreign id and an absent one are both answered with. */
  public static GatewayException notFound() {
    return GatewayException.of(ErrorCode.NOT_FOUND, "There is no such object.");
  }

  private static GatewayException missing(String column) {
    return GatewayException.of(ErrorCode.NOT_FOUND, "There is no such object.").param(column);
  }

  private List<String> columns(ObjectNode fields, String... besides) {
    var all = new ArrayList<>(List.of(besides));
    for (var list : List.of(aggregate.columns(), aggregate.hidden())) {
      list.stream().filter(fields::has).forEach(all::add);
    }
    if (all.size() < fields.size()) {
      throw new IllegalArgumentException(aggregate.table() + " lacks a column for a given field");
    }
    return all;
  }

  private ObjectNode changed(ObjectNode before, ObjectNode after) {
    var changed = JSON.createObjectNode();
    after.properties().stream()
        .filter(member -> !member.getKey().equals("updated_at"))
        .filter(member -> !member.getValue().equals(before.get(member.getKey())))
        .forEach(member -> changed.set(member.getKey(), member.getValue()));
    return changed;
  }

  private void record(Handle handle, Actor actor, String action, Row row, ObjectNode fields) {
    changes.record(
        handle,
        new Change(actor.name(), action, aggregate.table(), row.id(), row.tenant(), fields));
  }

  private static Row read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Row(
        row.getString("id"),
        (ObjectNode) JSON.readTree(row.getString("document")),
        row.getLong("version"),
        Optional.ofNullable(row.getString("tenant")),
        Optional.ofNullable(row.getString("public_id")));
  }
}
