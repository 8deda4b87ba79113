package dev.weir.store;

import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.seal.EncryptionKeys;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The stores of the admin plane and the commands, on one database and its secrets. Safe for many threads. */
public final class Stores {
  private final Transactions transactions;
  private final ChangeLog changes;
  private final KeyHasher hasher;
  private final ApiKeyFormat format;
  private final EncryptionKeys keys;
  private final Clock clock;
  private final DocumentStore documents;

  public Stores(Database database, KeyHasher hasher, EncryptionKeys keys, Clock clock) {
    this.transactions = new Transactions(database);
    this.changes = new ChangeLog(transactions, keys, clock);
    this.hasher = hasher;
    this.format = new ApiKeyFormat(hasher);
    this.keys = keys;
    this.clock = clock;
    this.documents = new DocumentStore(database, keys::open);
  }

  /**
   * Ties a fresh database to these secrets, and checks of any other that they fit.
   *
   * @throws StoreFailure saying which of them does not
   */
  public void checkSecrets() {
    new Installation(transactions).check(hasher, keys);
  }

  /** The rows of one aggregate. */
  public AggregateStore rows(Aggregate aggregate) {
    return new AggregateStore(aggregate, transactions, changes);
  }

  public ApiKeys apiKeys() {
    return new ApiKeys(rows(Aggregates.API_KEYS), hasher, format, clock);
  }

  public Admins admins() {
    return new Admins(rows(Aggregates.ADMINS), transactions, hasher, format);
  }

  public Credentials credentials() {
    return new Credentials(transactions, keys);
  }

  public EncryptionRotation rotation() {
    return new EncryptionRotation(transactions, changes, keys);
  }

  DocumentStore documents() {
    return documents;
  }

  /** What the configuration file declares. */
  public DeclaredResources declared() {
    return new DeclaredResources(
        this,
        changes,
        List.of(
            Aggregates.GUARDRAIL_PROFILES,
            Aggregates.ROUTING_POLICIES,
            Aggregates.TENANTS,
            Aggregates.DEPARTMENTS,
            Aggregates.TEAMS,
            Aggregates.API_KEYS,
            Aggregates.API_ROUTES,
            Aggregates.PROVIDERS,
            Aggregates.MODELS));
  }

  /** The columns of a key that somebody else made with this installation's secrets; empty for any other text. */
  public Optional<ObjectNode> columnsOfKey(String text) {
    return format
        .parse(text)
        .map(key -> new JsonMapper()
            .createObjectNode()
            .put("public_id", key.publicId())
            .put("secret_hash", ApiKeys.bytea(hasher.hash(text)))
            .put("last4", key.last4()));
  }

  public AuditLog audit() {
    return new AuditLog(transactions, keys);
  }

  /** What the commands of the operator write. */
  public TenancyStore tenancy() {
    return new TenancyStore(this, transactions, changes, hasher, format);
  }
}
