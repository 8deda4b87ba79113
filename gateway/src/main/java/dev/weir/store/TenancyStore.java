package dev.weir.store;

import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes tenants, keys and admins for the commands of the operator, by the admin API's own stores. Safe for many threads. */
public final class TenancyStore {
  private static final JsonMapper JSON = new JsonMapper();

  private final Stores stores;
  private final Transactions transactions;
  private final ChangeLog changes;
  private final KeyHasher hasher;
  private final ApiKeyFormat format;

  TenancyStore(
      Stores stores,
      Transactions transactions,
      ChangeLog changes,
      KeyHasher hasher,
      ApiKeyFormat format) {
    this.stores = stores;
    this.transactions = transactions;
    this.changes = changes;
    this.hasher = hasher;
    this.format = format;
  }

  /** Makes the demo tenant, department, team and key, where there is no tenant at all. */
  public Optional<String> seedDemo() {
    // two first starts at once must not both find nothing: a change is alone
    return changes.change(handle -> {
      var tenants =
          handle.createQuery("SELECT count(*) FROM tenants").mapTo(Long.class).one();
      return tenants > 0 ? Optional.<String>empty() : Optional.of(seed(handle));
    });
  }

  private String seed(Handle handle) {
    var actor = Actor.command("up");
    var tenant = insert(handle, actor, Aggregates.TENANTS, named("Demo"));
    var inTenant = named("Research").put("tenant_id", tenant);
    var department = insert(handle, actor, Aggregates.DEPARTMENTS, inTenant);
    var inDepartment =
        named("Assistants").put("tenant_id", tenant).put("department_id", department);
    var team = insert(handle, actor, Aggregates.TEAMS, inDepartment);
    var key = named("demo").put("tenant_id", tenant).put("department_id", department);
    return stores
        .apiKeys()
        .create(handle, actor, key.put("team_id", team), "demo")
        .secret();
  }

  private String insert(Handle handle, Actor actor, Aggregate aggregate, ObjectNode fields) {
    return stores
        .rows(aggregate)
        .insert(handle, actor, fields, AggregateStore.Step.NONE)
        .id();
  }

  private static ObjectNode named(String name) {
    return JSON.createObjectNode().put("name", name);
  }

  /** A key to be made. */
  public record NewKey(
      String tenantId, Optional<String> departmentId, Optional<String> teamId, String name) {}

  /**
   * Makes a key, and returns it whole.
   *
   * @throws dev.weir.protocol.GatewayException NOT_FOUND when the tenant, department or team does not exist
   */
  public String createKey(NewKey wanted) {
    var fields = named(wanted.name()).put("tenant_id", wanted.tenantId());
    wanted.departmentId().ifPresent(id -> fields.put("department_id", id));
    wanted.teamId().ifPresent(id -> fields.put("team_id", id));
    return stores.apiKeys().create(Actor.command("keys create"), fields).secret();
  }

  /** The id of the tenant of this name. */
  public Optional<String> tenantNamed(String name) {
    return transactions.run(handle -> handle
        .createQuery("SELECT id FROM tenants WHERE name = ? AND deleted_at IS NULL")
        .bind(0, name)
        .mapTo(String.class)
        .findOne());
  }

  /** Makes an owner of the whole gateway; returns the token, which is stored only as a hash. */
  public String createOwner(String name) {
    var fields = named(name).put("role", "owner");
    return stores.admins().create(Actor.command("up"), fields).secret();
  }

  /** Whether this database has the key, and it is neither revoked nor deleted. */
  public boolean knowsKey(String text) {
    return format
        .parse(text)
        .filter(key -> transactions.run(handle -> handle
            .createQuery("""
                SELECT 1 FROM api_keys
                 WHERE public_id = ? AND secret_hash = ? AND active
                   AND revoked_at IS NULL AND deleted_at IS NULL
                """)
            .bind(0, key.publicId())
            .bind(1, hasher.hash(text))
            .mapTo(Integer.class)
            .findFirst()
            .isPresent()))
        .isPresent();
  }

  /** Whether this database has an admin with this token. */
  public boolean knowsAdmin(String token) {
    return stores.admins().authenticate(token).isPresent();
  }
}
