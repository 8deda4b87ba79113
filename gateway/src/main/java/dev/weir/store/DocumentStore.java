package dev.weir.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import dev.weir.provider.ProviderSettings;
import dev.weir.snapshot.Document;
import dev.weir.snapshot.DocumentSource;
import dev.weir.snapshot.TenantDocuments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what snapshots are compiled from, each time in one view of the database, on the admin plane's pool. Safe for many
 * threads; not hot path.
 */
public final class DocumentStore implements DocumentSource {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentStore.class);

  static final String PROFILES = """
      SELECT tenant_id, id, name, version, rules::text AS rules
        FROM guardrail_profiles
       WHERE active AND deleted_at IS NULL %s
       ORDER BY tenant_id, seq
      """;

  static final String POLICIES = """
      SELECT p.tenant_id, p.id, p.name, p.version, p.match::text AS match, p.strategy::text AS strategy,
             EXISTS (SELECT 1 FROM tenants t
                      WHERE t.id = p.tenant_id AND t.routing_policy_id = p.id)
             OR EXISTS (SELECT 1 FROM departments d WHERE d.tenant_id = p.tenant_id
                          AND d.routing_policy_id = p.id AND d.deleted_at IS NULL)
             OR EXISTS (SELECT 1 FROM teams m WHERE m.tenant_id = p.tenant_id
                          AND m.routing_policy_id = p.id AND m.deleted_at IS NULL)
             OR EXISTS (SELECT 1 FROM api_keys k WHERE k.tenant_id = p.tenant_id
                          AND k.routing_policy_id = p.id AND k.deleted_at IS NULL) AS bound
        FROM routing_policies p
       WHERE p.active AND p.deleted_at IS NULL %s
       ORDER BY p.tenant_id, p.seq
      """;

  static final String ROUTES = """
      SELECT tenant_id, id, version, path, method, protocol, priority, routing_policy_id, model,
             guardrail_profile_id, parameters::text AS parameters
        FROM api_routes
       WHERE active AND deleted_at IS NULL %s
       ORDER BY tenant_id, priority DESC, seq
      """;

  private static final String PROVIDERS = """
      SELECT id, name, type, base_url, region, project, api_version, deployments, managed_by, version
        FROM providers
       WHERE active AND deleted_at IS NULL ORDER BY seq
      """;

  private static final String MODELS = """
      SELECT id, provider_id, name FROM models WHERE active AND deleted_at IS NULL ORDER BY seq
      """;

  private final Jdbi jdbi;
  private final CredentialOpener opener;

  public DocumentStore(Database database, CredentialOpener opener) {
    this.jdbi = Jdbi.create(database.admin());
    this.opener = opener;
  }

  @Override
  public View all() {
    return read(
        handle -> new View(version(handle), tenants(handle, Optional.empty()), providers(handle)));
  }

  @Override
  public View tenants(Set<String> ids) {
    return read(handle -> new View(version(handle), tenants(handle, Optional.of(ids)), List.of()));
  }

  @Override
  public View providers(Set<String> tenants) {
    return read(handle -> view(handle, tenants));
  }

  /** These tenants and all providers, as a transaction sees them. */
  View view(Handle handle, Set<String> ids) {
    return new View(version(handle), tenants(handle, Optional.of(ids)), providers(handle));
  }

  /** One tenant's, within a change. */
  public static TenantDocuments tenant(Handle handle, String id) {
    return tenants(handle, Optional.of(Set.of(id))).stream()
        .findFirst()
        .orElseGet(() -> TenantDocuments.none(id));
  }

  private View read(Function<Handle, View> work) {
    try {
      return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply);
    } catch (JdbiException failure) {
      throw new Unavailable(failure);
    }
  }

  private static long version(Handle handle) {
    return handle
        .createQuery("SELECT version FROM config_version")
        .mapTo(Long.class)
        .one();
  }

  private static List<TenantDocuments> tenants(Handle handle, Optional<Set<String>> ids) {
    var profiles = byTenant(handle, PROFILES, ids, DocumentStore::profile);
    var policies = byTenant(handle, POLICIES, ids, DocumentStore::policy);
    var routes = byTenant(handle, ROUTES, ids, DocumentStore::route);
    var all = new ArrayList<TenantDocuments>();
    var names = new java.util.LinkedHashSet<>(profiles.keySet());
    names.addAll(policies.keySet());
    names.addAll(routes.keySet());
    for (var tenant : names) {
      all.add(new TenantDocuments(
          tenant,
          profiles.getOrDefault(tenant, List.of()),
          policies.getOrDefault(tenant, List.of()),
          routes.getOrDefault(tenant, List.of())));
    }
    return all;
  }

  private static <D> Map<String, List<D>> byTenant(
      Handle handle, String sql, Optional<Set<String>> ids, RowMapper<D> mapper) {
    var query =
        handle.createQuery(String.format(sql, ids.isPresent() ? "AND tenant_id = ANY(:ids)" : ""));
    ids.ifPresent(some -> query.bind("ids", some.toArray(String[]::new)));
    var found = new LinkedHashMap<String, List<D>>();
    query
        .setFetchSize(1000)
        .map((row, context) -> Map.entry(row.getString("tenant_id"), mapper.map(row, context)))
        .forEach(
            one -> found.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    return found;
  }

  private static Document.Profile profile(ResultSet row, Object context) throws SQLException {
    return new Document.Profile(
        row.getString("id"), row.getString("name"), row.getLong("version"), row.getString("rules"));
  }

  private static Document.Policy policy(ResultSet row, Object context) throws SQLException {
    return new Document.Policy(
        row.getString("id"),
        row.getString("name"),
        row.getLong("version"),
        row.getString("match"),
        row.getString("strategy"),
        row.getBoolean("bound"));
  }

  private static Document.Route route(ResultSet row, Object context) throws SQLException {
    return new Document.Route(
        row.getString("id"),
        row.getLong("version"),
        row.getString("path"),
        row.getString("method"),
        row.getString("protocol"),
        row.getInt("priority"),
        Optional.ofNullable(row.getString("routing_policy_id")),
        Optional.ofNullable(row.getString("model")),
        Optional.ofNullable(row.getString("guardrail_profile_id")),
        row.getString("parameters"));
  }

  private List<Document.ProviderRow> providers(Handle handle) {
    var credentials = byProvider(
        handle,
        "SELECT id, provider_id, sealed FROM provider_credentials ORDER BY created_at, id",
        (row, _) ->
            open(row.getString("id"), row.getString("provider_id"), row.getBytes("sealed")));
    var prices = new LinkedHashMap<String, List<Document.PriceRow>>();
    handle
        .createQuery("SELECT * FROM prices ORDER BY model_id, valid_from")
        .map((row, _) -> Map.entry(row.getString("model_id"), price(row)))
        .forEach(one ->
            prices.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    var models = byProvider(
        handle,
        MODELS,
        (row, _) -> Optional.of(new Document.ModelRow(
            row.getString("id"),
            row.getString("name"),
            prices.getOrDefault(row.getString("id"), List.of()))));
    return handle
        .createQuery(PROVIDERS)
        .map((row, _) -> new Document.ProviderRow(
            row.getString("id"),
            row.getString("name"),
            row.getString("type"),
            row.getString("base_url"),
            new ProviderSettings(
                Optional.ofNullable(row.getString("region")),
                Optional.ofNullable(row.getString("project")),
                Optional.ofNullable(row.getString("api_version")),
                deployments(row.getString("deployments"))),
            row.getString("managed_by"),
            row.getLong("version"),
            credentials.getOrDefault(row.getString("id"), List.of()),
            models.getOrDefault(row.getString("id"), List.of())))
        .list();
  }

  private static Map<String, String> deployments(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    var deployments = new LinkedHashMap<String, String>();
    var object = JsonFields.of(JsonObject.read(json.getBytes(UTF_8)), JsonFields.Author.CLIENT);
    object.names().forEach(name -> deployments.put(name, object.requiredText(name)));
    return deployments;
  }

  private static <D> Map<String, List<D>> byProvider(
      Handle handle, String sql, RowMapper<Optional<D>> mapper) {
    var found = new LinkedHashMap<String, List<D>>();
    handle
        .createQuery(sql)
        .map((row, context) -> Map.entry(row.getString("provider_id"), mapper.map(row, context)))
        .forEach(one -> one.getValue()
            .ifPresent(value ->
                found.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(value)));
    return found;
  }

  private static Document.PriceRow price(ResultSet row) throws SQLException {
    var cached = row.getLong("cached_input_nanos");
    return new Document.PriceRow(
        row.getTimestamp("valid_from").toInstant(),
        row.getLong("input_nanos"),
        row.getLong("output_nanos"),
        row.wasNull() ? Optional.empty() : Optional.of(cached));
  }

  private Optional<Document.OpenCredential> open(String id, String providerId, byte[] envelope) {
    try {
      var identity = Credentials.identity(id, providerId);
      var secret = new String(opener.open(envelope, identity), UTF_8);
      return Optional.of(new Document.OpenCredential(id, secret));
    } catch (RuntimeException failure) {
      LOG.warn("the credential {} cannot be opened and is left out: {}", id, failure.getMessage());
      return Optional.empty();
    }
  }
}
