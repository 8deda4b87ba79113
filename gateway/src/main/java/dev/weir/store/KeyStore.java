package dev.weir.store;

import dev.weir.identity.KeyAnswer;
import dev.weir.identity.KeyRecord;
import dev.weir.identity.KeySource;
import dev.weir.identity.Level;
import dev.weir.identity.Principal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks keys up: one statement for the key, all levels above it, and what they name. Safe for many threads; hot path. */
public final class KeyStore implements KeySource {
  // the version comes with it, from the same view of the database: whether the key exists or not
  static final String FIND = """
      SELECT v.version, k.id, k.tenant_id, k.department_id, k.team_id, k.expires_at,
             k.allowed_models, k.allowed_addresses,
             k.secret_hash, k.previous_hash, k.previous_until,
             k.active AND k.revoked_at IS NULL
               AND t.active AND t.deleted_at IS NULL
               AND (k.department_id IS NULL OR (d.active AND d.deleted_at IS NULL))
               AND (k.team_id IS NULL OR (m.active AND m.deleted_at IS NULL)) AS usable,
             k.guardrail_profile_id AS key_profile, k.routing_policy_id AS key_policy,
             m.guardrail_profile_id AS team_profile, m.routing_policy_id AS team_policy,
             d.guardrail_profile_id AS department_profile,
             d.routing_policy_id AS department_policy,
             t.guardrail_profile_id AS tenant_profile, t.routing_policy_id AS tenant_policy
        FROM config_version v
        LEFT JOIN api_keys k ON k.public_id = ? AND k.active AND k.deleted_at IS NULL
        LEFT JOIN tenants t ON t.id = k.tenant_id
        LEFT JOIN departments d ON d.id = k.department_id
        LEFT JOIN teams m ON m.id = k.team_id
      """;

  private static final String BY_ID = FIND.replace("k.public_id = ? AND k.active", "k.id = ?");

  private final DataSource pool;

  public KeyStore(Database database) {
    this.pool = database.dataPlane();
  }

  @Override
  public KeyAnswer find(String publicId) {
    return find(FIND, publicId);
  }

  /** The key of this id, for those who explain what it may do; also one that is switched off. */
  public Optional<KeyRecord> byId(String id) {
    return find(BY_ID, id).found();
  }

  private KeyAnswer find(String sql, String id) {
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the database has no configuration version");
        }
        return new KeyAnswer(
            row.getLong("version"),
            row.getString("id") == null ? Optional.empty() : Optional.of(record(row)));
      }
    } catch (SQLException failure) {
      throw new Unavailable(failure);
    }
  }

  private static KeyRecord record(ResultSet row) throws SQLException {
    var principal = new Principal(
        row.getLong("version"),
        levels(row),
        instant(row.getTimestamp("expires_at")),
        texts(row.getArray("allowed_models")),
        texts(row.getArray("allowed_addresses")));
    return new KeyRecord(
        principal,
        row.getBoolean("usable"),
        row.getBytes("secret_hash"),
        Optional.ofNullable(row.getBytes("previous_hash")),
        instant(row.getTimestamp("previous_until")));
  }

  private static List<Level> levels(ResultSet row) throws SQLException {
    var levels = new ArrayList<Level>(4);
    levels.add(level(row, Level.Kind.KEY, "key", row.getString("id")));
    var team = row.getString("team_id");
    if (team != null) {
      levels.add(level(row, Level.Kind.TEAM, "team", team));
    }
    var department = row.getString("department_id");
    if (department != null) {
      levels.add(level(row, Level.Kind.DEPARTMENT, "department", department));
    }
    levels.add(level(row, Level.Kind.TENANT, "tenant", row.getString("tenant_id")));
    return levels;
  }

  private static Level level(ResultSet row, Level.Kind kind, String prefix, String id)
      throws SQLException {
    return new Level(
        kind,
        id,
        Optional.ofNullable(row.getString(prefix + "_profile")),
        Optional.ofNullable(row.getString(prefix + "_policy")));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static Optional<Instant> instant(@Nullable Timestamp timestamp) {
    return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
  }
}
