package dev.weir.store;

import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.store.AggregateStore.Update;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes, rotates and revokes keys; of a key it stores a hash. Safe for many threads. */
public final class ApiKeys {
  private static final String ENVIRONMENT = "live";
  private static final JsonMapper JSON = new JsonMapper();

  private final AggregateStore rows;
  private final KeyHasher hasher;
  private final ApiKeyFormat format;
  private final Clock clock;

  ApiKeys(AggregateStore rows, KeyHasher hasher, ApiKeyFormat format, Clock clock) {
    this.rows = rows;
    this.hasher = hasher;
    this.format = format;
    this.clock = clock;
  }

  /** Makes a key of checked fields. */
  public Issued create(Actor actor, ObjectNode fields) {
    var key = format.generate(ENVIRONMENT);
    return new Issued(
        rows.insert(actor, withSecret(actor, fields, key), AggregateStore.Step.NONE), key.text());
  }

  Issued create(Handle handle, Actor actor, ObjectNode fields, String environment) {
    var key = format.generate(environment);
    var row = rows.insert(handle, actor, withSecret(actor, fields, key), AggregateStore.Step.NONE);
    return new Issued(row, key.text());
  }

  private ObjectNode withSecret(Actor actor, ObjectNode fields, ApiKey key) {
    var all = fields.deepCopy();
    all.put("public_id", key.publicId());
    all.put("secret_hash", bytea(hasher.hash(key.text())));
    all.put("last4", key.last4());
    all.put("created_by", actor.name());
    return all;
  }

  /** Refuses a key from now on, the one before its last rotation too. A second time changes nothing more. */
  public Row revoke(Actor actor, Update update) {
    return rows.update(
        actor,
        update,
        before -> {
          var fields = JSON.createObjectNode();
          if (before.document().get("revoked_at").isNull()) {
            fields.put("revoked_at", now().toString());
          }
          fields.putNull("previous_hash").putNull("previous_until");
          return fields;
        },
        AggregateStore.Step.NONE);
  }

  /**
   * Gives a key a new secret.
   *
   * @param grace how long the old one is taken besides; zero: not at all
   * @throws GatewayException CONFLICT when it is revoked or expired
   */
  public Issued rotate(Actor actor, Update update, Duration grace) {
    var issued = new ApiKey[1];
    var row = rows.update(
        actor,
        update,
        before -> {
          requireUsable(before);
          issued[0] = format.withPublicId(ENVIRONMENT, before.publicId().orElseThrow());
          return JSON.createObjectNode().put("last4", issued[0].last4());
        },
        (handle, id, _) -> handle.execute(
            """
            UPDATE api_keys
               SET previous_hash = CASE WHEN ? THEN secret_hash END,
                   previous_until = CASE WHEN ? THEN ?::timestamptz END,
                   secret_hash = ?
             WHERE id = ?
            """,
            grace.isPositive(),
            grace.isPositive(),
            now().plus(grace),
            hasher.hash(issued[0].text()),
            id));
    return new Issued(row, issued[0].text());
  }

  private void requireUsable(Row row) {
    var expires = row.document().get("expires_at");
    var expired = !expires.isNull() && !OffsetDateTime.parse(expires.asString()).isAfter(now());
    if (expired || !row.document().get("revoked_at").isNull()) {
      throw GatewayException.of(
          ErrorCode.CONFLICT, "The key is revoked or expired: make a new one instead.");
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  static String bytea(byte[] bytes) {
    return "\\x" + HexFormat.of().formatHex(bytes);
  }
}
