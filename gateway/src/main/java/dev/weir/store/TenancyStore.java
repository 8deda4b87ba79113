package dev.weir.store;

import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes tenants, keys and admins for the commands of the operator. Safe for many threads; not hot path. */
public final class TenancyStore {
  private final Jdbi jdbi;
  private final KeyHasher hasher;
  private final ApiKeyFormat format;
  private final SecureRandom random = new SecureRandom();

  public TenancyStore(Database database, KeyHasher hasher, ApiKeyFormat format) {
    this.jdbi = Jdbi.create(database.admin());
    this.hasher = hasher;
    this.format = format;
  }

  /**
   * Ties the database to these secrets at the first start, and checks at every other that they still fit.
   *
   * @throws StoreFailure when the database was written under another pepper
   */
  public void checkPepper() {
    var stored = jdbi.withHandle(handle -> {
      handle.execute(
          "UPDATE installation SET pepper_check = ? WHERE id = 1 AND pepper_check IS NULL",
          hasher.fingerprint());
      return handle
          .createQuery("SELECT pepper_check FROM installation WHERE id = 1")
          .mapTo(byte[].class)
          .one();
    });
    if (!java.security.MessageDigest.isEqual(stored, hasher.fingerprint())) {
      throw new StoreFailure(
          "WEIR_KEY_PEPPER is not the one this database was written with, so that"
              + " no key in it could be checked. Start with the secrets.env of the first instance.");
    }
  }

  /** Makes the demo tenant, department, team and key, where there is no tenant at all. */
  public Optional<ApiKey> seedDemo() {
    return jdbi.inTransaction(handle -> {
      // two first starts at once must not both find nothing
      handle.execute("LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE");
      var tenants =
          handle.createQuery("SELECT count(*) FROM tenants").mapTo(Long.class).one();
      if (tenants > 0) {
        return Optional.<ApiKey>empty();
      }
      var tenant = id("ten");
      var department = id("dep");
      var team = id("team");
      handle.execute("INSERT INTO tenants (id, name) VALUES (?, 'Demo')", tenant);
      handle.execute(
          "INSERT INTO departments (id, tenant_id, name) VALUES (?, ?, 'Research')",
          department,
          tenant);
      handle.execute(
          "INSERT INTO teams (id, tenant_id, department_id, name) VALUES (?, ?, ?, 'Assistants')",
          team,
          tenant,
          department);
      var key = format.generate("demo");
      insertKey(
          handle, new NewKey(tenant, Optional.of(department), Optional.of(team), "demo"), key);
      return Optional.of(key);
    });
  }

  /** A key to be made. */
  public record NewKey(
      String tenantId, Optional<String> departmentId, Optional<String> teamId, String name) {}

  /**
   * Makes a key.
   *
   * @throws StoreFailure when the tenant, department or team does not exist
   */
  public ApiKey createKey(NewKey wanted, String environment) {
    var key = format.generate(environment);
    try {
      jdbi.useTransaction(handle -> insertKey(handle, wanted, key));
    } catch (org.jdbi.v3.core.statement.UnableToExecuteStatementException refused) {
      throw new StoreFailure(
          "there is no such tenant, or its department or team is another's", refused);
    }
    return key;
  }

  /** The id of the tenant of this name. */
  public Optional<String> tenantNamed(String name) {
    return jdbi.withHandle(handle -> handle
        .createQuery("SELECT id FROM tenants WHERE name = ? AND deleted_at IS NULL")
        .bind(0, name)
        .mapTo(String.class)
        .findOne());
  }

  /** Makes an owner of the whole gateway; returns the token, which is stored only as a hash. */
  public String createOwner(String name) {
    var token = format.generate("admin").text();
    jdbi.useHandle(handle -> handle.execute(
        "INSERT INTO admins (id, name, role, token_hash) VALUES (?, ?, 'owner', ?)",
        id("adm"),
        name,
        hasher.hash(token)));
    return token;
  }

  /** Whether this database has the key, and it is neither revoked nor deleted. */
  public boolean knowsKey(String text) {
    return format
        .parse(text)
        .filter(key -> jdbi.withHandle(handle -> handle
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
    return jdbi.withHandle(handle -> handle
        .createQuery("SELECT 1 FROM admins WHERE token_hash = ?")
        .bind(0, hasher.hash(token))
        .mapTo(Integer.class)
        .findFirst()
        .isPresent());
  }

  private void insertKey(Handle handle, NewKey wanted, ApiKey key) {
    handle.execute(
        """
        INSERT INTO api_keys (id, tenant_id, department_id, team_id, name, public_id,
                              secret_hash, last4)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id("key"),
        wanted.tenantId(),
        wanted.departmentId().orElse(null),
        wanted.teamId().orElse(null),
        wanted.name(),
        key.publicId(),
        hasher.hash(key.text()),
        key.last4());
  }

  private String id(String prefix) {
    var bytes = new byte[10];
    random.nextBytes(bytes);
    return prefix + "_" + HexFormat.of().formatHex(bytes);
  }
}
