package dev.weir.store;

import dev.weir.protocol.GatewayException;
import dev.weir.snapshot.DocumentSource;
import dev.weir.store.Aggregate.Tenancy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the database to what the configuration file declares, all of it in one transaction or nothing. Safe for many threads;
 * not hot path.
 *
 * <p>Rows are found by their names. One that is there already is taken over; one that the file declared before and no longer
 * does is deleted. What is as it should be is not written, so that a file that says nothing new changes no version.
 */
public final class DeclaredResources {
  private static final JsonMapper JSON = new JsonMapper();

  /** What a row is known by, besides its tenant. */
  private static final Map<String, List<String>> IDENTITY = Map.of(
      "tenants", List.of("name"),
      "guardrail_profiles", List.of("tenant_id", "name"),
      "routing_policies", List.of("tenant_id", "name"),
      "departments", List.of("tenant_id", "name"),
      "teams", List.of("tenant_id", "department_id", "name"),
      "api_keys", List.of("tenant_id", "name"),
      "api_routes", List.of("tenant_id", "path", "method", "priority"),
      "providers", List.of("name"),
      "models", List.of("provider_id", "name"));

  // a department is looked for within its tenant, a team within its department
  private static final Comparator<Aggregate.Reference> OUTERMOST_FIRST =
      Comparator.comparingInt(reference -> switch (reference.column()) {
        case "tenant_id" -> 0;
        case "department_id" -> 1;
        default -> 2;
      });

  private final Stores stores;
  private final ChangeLog changes;
  private final List<Aggregate> kinds;

  /** How many rows were written. */
  public record Applied(int made, int changed, int deleted) {
    public boolean nothing() {
      return made + changed + deleted == 0;
    }
  }

  /** Looks at what would hold, before it does. */
  @FunctionalInterface
  public interface Check {
    /**
     * @param after the tenants of the file, and all providers, as they would be
     * @param places of what the file declares, by id
     * @throws DeclarationRefused when that cannot be
     */
    void check(DocumentSource.View after, Map<String, String> places);
  }

  /**
   * @param kinds what a file may declare, each after those that it refers to
   */
  DeclaredResources(Stores stores, ChangeLog changes, List<Aggregate> kinds) {
    this.stores = stores;
    this.changes = changes;
    this.kinds = List.copyOf(kinds);
  }

  /** One application; of one transaction. */
  private final class Run {
    private final Handle handle;
    private final Actor actor;
    private final Map<String, List<String>> credentials;
    private final Map<String, Set<String>> kept = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> tenants = new HashSet<>();
    private int made;
    private int changed;
    private int deleted;

    Run(Handle handle, Actor actor, Map<String, List<String>> credentials) {
      this.handle = handle;
      this.actor = actor;
      this.credentials = credentials;
    }

    Applied of(List<DeclaredRow> rows, Check check) {
      // a tenant's own profile and policy can only be named once they are there
      rows.stream().filter(row -> row.aggregate().tenancy() == Tenancy.SELF).forEach(this::ensure);
      for (var kind : kinds) {
        rows.stream().filter(row -> row.aggregate().equals(kind)).forEach(this::bring);
      }
      for (var kind : kinds.reversed()) {
        sweep(kind);
      }
      check.check(stores.documents().view(handle, tenants), places);
      return new Applied(made, changed, deleted);
    }

    private void ensure(DeclaredRow row) {
      if (find(row, row.fields()).isEmpty()) {
        var _ = insert(
            row, JSON.createObjectNode().put("name", row.fields().get("name").asString()));
      }
    }

    private void bring(DeclaredRow row) {
      try {
        var wanted = resolved(row);
        var before = find(row, wanted);
        if (before.isEmpty()) {
          places.put(insert(row, wanted), row.path());
        } else {
          places.put(before.get().id(), row.path());
          overwrite(row, wanted, before.get());
        }
        if (wanted.has("tenant_id")) {
          tenants.add(wanted.get("tenant_id").asString());
        }
      } catch (GatewayException refused) {
        throw new DeclarationRefused(row.path(), refused.text());
      }
    }

    private String insert(DeclaredRow row, ObjectNode wanted) {
      if (wanted.has("public_id")) {
        // a key that was deleted keeps its public id, which the new row needs
        handle.execute(
            "UPDATE api_keys SET public_id = 'gone-' || id WHERE public_id = ? AND deleted_at IS NOT NULL",
            wanted.get("public_id").asString());
      }
      var fields = wanted.deepCopy();
      fields.properties().removeIf(member -> member.getValue().isNull());
      var id = stores
          .rows(row.aggregate())
          .insert(handle, actor, fields, (_, fresh, _) -> mark(row, fresh))
          .id();
      made++;
      keep(row.aggregate(), id);
      return id;
    }

    private void overwrite(DeclaredRow row, ObjectNode wanted, Row before) {
      keep(row.aggregate(), before.id());
      var ours = before.document().path("managed_by").asString("").equals("file");
      if (ours
          && Documents.say(before.document(), wanted)
          && holdsTheRest(row, wanted, before.id())) {
        return;
      }
      var action = ours ? "update" : "adopt";
      stores
          .rows(row.aggregate())
          .write(handle, actor, action, before, wanted, (_, id, _) -> mark(row, id));
      changed++;
    }

    private void mark(DeclaredRow row, String id) {
      handle.execute(
          "UPDATE " + row.aggregate().table()
              + " SET managed_by = 'file' WHERE id = ? AND managed_by <> 'file'",
          id);
      if (row.aggregate().table().equals("providers")
          && !credentials.getOrDefault(id, List.of()).equals(row.credentials())) {
        stores.credentials().replace(handle, id, row.credentials());
      }
      if (row.aggregate().table().equals("models") && !Prices.of(handle, id).equals(row.prices())) {
        Prices.replace(handle, id, row.prices());
      }
    }

    private boolean holdsTheRest(DeclaredRow row, ObjectNode wanted, String id) {
      return switch (row.aggregate().table()) {
        case "providers" -> credentials.getOrDefault(id, List.of()).equals(row.credentials());
        case "models" -> Prices.of(handle, id).equals(row.prices());
        case "api_keys" ->
          handle
              .createQuery("SELECT 1 FROM api_keys WHERE id = ? AND public_id = ?"
                  + " AND secret_hash = ?::bytea")
              .bind(0, id)
              .bind(1, wanted.get("public_id").asString())
              .bind(2, wanted.get("secret_hash").asString())
              .mapTo(Integer.class)
              .findFirst()
              .isPresent();
        default -> true;
      };
    }

    private ObjectNode resolved(DeclaredRow row) {
      var wanted = row.fields().deepCopy();
      for (var reference :
          row.aggregate().references().stream().sorted(OUTERMOST_FIRST).toList()) {
        var name = row.names().get(reference.column());
        if (name == null) {
          if (!row.aggregate().columns().contains(reference.column())
              || reference.column().equals("tenant_id")) {
            continue;
          }
          wanted.putNull(reference.column());
        } else {
          wanted.put(reference.column(), named(row, reference, name, wanted));
        }
      }
      return wanted;
    }

    private String named(
        DeclaredRow row, Aggregate.Reference reference, String name, ObjectNode wanted) {
      if (reference.builtIn().contains(name)) {
        return name;
      }
      var within = reference.tenancy() != Tenancy.TENANT
          ? ""
          : " AND tenant_id = :tenant"
              + (reference.table().equals("teams") ? " AND department_id = :department" : "");
      var query = handle
          .createQuery("SELECT id FROM " + reference.table()
              + " WHERE deleted_at IS NULL AND name = :name" + within)
          .bind("name", name);
      if (reference.tenancy() == Tenancy.TENANT) {
        query.bind("tenant", tenant(row, wanted));
        if (reference.table().equals("teams")) {
          query.bind("department", wanted.path("department_id").asString(""));
        }
      }
      return query
          .mapTo(String.class)
          .findFirst()
          .orElseThrow(() -> new DeclarationRefused(
              row.path() + "." + reference.column().replaceFirst("_id$", ""),
              "there is no " + kind(reference.table()) + " named " + name));
    }

    private String kind(String table) {
      return kinds.stream()
          .filter(kind -> kind.table().equals(table))
          .map(kind -> kind.kind().replace('_', ' '))
          .findFirst()
          .orElse(table);
    }

    // a tenant's own profile is looked for among its own
    private String tenant(DeclaredRow row, ObjectNode wanted) {
      return row.aggregate().tenancy() == Tenancy.SELF
          ? find(row, wanted).map(Row::id).orElse("")
          : wanted.path("tenant_id").asString("");
    }

    private Optional<Row> find(DeclaredRow row, ObjectNode wanted) {
      var columns = IDENTITY.getOrDefault(row.aggregate().table(), List.of("name"));
      var where = new ArrayList<String>();
      columns.forEach(column -> where.add(column + " = :" + column));
      var query = handle.createQuery(
          "SELECT id FROM " + row.aggregate().table() + " WHERE deleted_at IS NULL AND "
              + String.join(" AND ", where) + " ORDER BY seq LIMIT 1");
      for (var column : columns) {
        var value = wanted.path(column);
        if (value.isInt()) {
          query.bind(column, value.asInt());
        } else {
          query.bind(column, value.asString(""));
        }
      }
      return query
          .mapTo(String.class)
          .findFirst()
          .flatMap(id -> stores.rows(row.aggregate()).find(handle, id));
    }

    private void keep(Aggregate kind, String id) {
      kept.computeIfAbsent(kind.table(), _ -> new HashSet<>()).add(id);
    }

    private void sweep(Aggregate kind) {
      var ids = handle
          .createQuery("SELECT id FROM " + kind.table()
              + " WHERE managed_by = 'file' AND deleted_at IS NULL AND NOT id = ANY(:kept)")
          .bind("kept", kept.getOrDefault(kind.table(), Set.of()).toArray(String[]::new))
          .mapTo(String.class)
          .list();
      for (var id : ids) {
        var rows = stores.rows(kind);
        var before = rows.find(handle, id);
        if (before.isPresent()) {
          rows.remove(handle, actor, before.get(), (_, gone, _) -> forget(kind, gone));
          deleted++;
        }
      }
    }

    private void forget(Aggregate kind, String id) {
      if (kind.table().equals("providers")) {
        Credentials.forget(handle, id);
      }
    }
  }

  /**
   * Brings the database to these rows.
   *
   * @param file the file's name, for the audit log
   * @throws DeclarationRefused when one cannot be made; nothing was changed then
   */
  public Applied apply(String file, List<DeclaredRow> rows, Check check) {
    var credentials = stores.credentials().open();
    try {
      return changes.change(
          handle -> new Run(handle, Actor.file(file), credentials).of(rows, check));
    } catch (GatewayException refused) {
      throw new DeclarationRefused("", refused.text());
    }
  }

  /** Writes down that a file was refused. */
  public void refused(String file, String reason) {
    changes.change(handle -> {
      changes.record(
          handle,
          new Change(
              Actor.file(file).name(),
              "reload_refused",
              "configuration",
              file,
              Optional.empty(),
              JSON.createObjectNode().put("reason", reason)));
      return file;
    });
  }
}
