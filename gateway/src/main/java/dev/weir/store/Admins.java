package dev.weir.store;

import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** Makes admins and knows them by their tokens, of which it stores a hash. Safe for many threads. */
public final class Admins {
  private static final String ENVIRONMENT = "admin";

  private final AggregateStore rows;
  private final Transactions transactions;
  private final KeyHasher hasher;
  private final ApiKeyFormat format;

  Admins(AggregateStore rows, Transactions transactions, KeyHasher hasher, ApiKeyFormat format) {
    this.rows = rows;
    this.transactions = transactions;
    this.hasher = hasher;
    this.format = format;
  }

  /**
   * Who presented a token.
   *
   * @param role owner, admin, operator or viewer
   * @param tenant the one it is confined to
   */
  public record Known(String id, String name, String role, Optional<String> tenant) {}

  /** The admin with this token; a token that was never given out costs no statement. */
  public Optional<Known> authenticate(String token) {
    return format
        .parse(token)
        .filter(parsed -> parsed.environment().equals(ENVIRONMENT))
        .flatMap(_ -> transactions.run(handle -> find(handle, token)));
  }

  private Optional<Known> find(Handle handle, String token) {
    return handle
        .createQuery("""
            SELECT a.id, a.name, a.role, a.tenant_id
              FROM admins a LEFT JOIN tenants t ON t.id = a.tenant_id
             WHERE a.token_hash = ? AND a.active AND a.deleted_at IS NULL
               AND t.deleted_at IS NULL
            """)
        .bind(0, hasher.hash(token))
        .map((row, _) -> new Known(
            row.getString("id"),
            row.getString("name"),
            row.getString("role"),
            Optional.ofNullable(row.getString("tenant_id"))))
        .findOne();
  }

  /** Makes an admin of checked fields. */
  public Issued create(Actor actor, ObjectNode fields) {
    var token = format.generate(ENVIRONMENT).text();
    var all = fields.deepCopy().put("token_hash", ApiKeys.bytea(hasher.hash(token)));
    return new Issued(rows.insert(actor, all, AggregateStore.Step.NONE), token);
  }

  /** Keeps the gateway from being locked for everybody: a step of changes to admins. */
  public static void requireOwner(Handle handle, String id, Optional<Row> before) {
    var ownerBefore = before
        .map(Row::document)
        .filter(admin -> admin.get("role").asString().equals("owner"))
        .filter(admin -> admin.get("tenant_id").isNull())
        .isPresent();
    if (!ownerBefore) {
      return;
    }
    var another = handle
        .createQuery("SELECT 1 FROM admins WHERE role = 'owner' AND tenant_id IS NULL AND active"
            + " AND deleted_at IS NULL LIMIT 1")
        .mapTo(Integer.class)
        .findFirst();
    if (another.isEmpty()) {
      throw GatewayException.of(
          ErrorCode.CONFLICT, "It is the gateway's last owner: make another one first.");
    }
  }
}
