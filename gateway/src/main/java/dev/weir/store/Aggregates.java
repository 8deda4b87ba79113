package dev.weir.store;

import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.store.Aggregate.Reference;
import dev.weir.store.Aggregate.Tenancy;

/** The tables of the admin API. */
public final class Aggregates {
  private static final String PROFILE = "guardrail_profile_id";
  private static final String POLICY = "routing_policy_id";
  private static final Reference OF_TENANT = new Reference("tenant_id", "tenants", Tenancy.SELF);

  private static final Reference TO_PROFILE =
      new Reference(PROFILE, "guardrail_profiles", Tenancy.TENANT, BuiltInProfiles.ids());

  public static final Aggregate TENANTS = levels(
          Aggregate.of("tenants", "tenant", "ten", Tenancy.SELF, "name", "active", PROFILE, POLICY))
      .owning("departments", "tenant_id")
      .owning("teams", "tenant_id")
      .owning("api_keys", "tenant_id")
      .owning("guardrail_profiles", "tenant_id")
      .owning("routing_policies", "tenant_id")
      .owning("api_routes", "tenant_id")
      .owning("admins", "tenant_id");

  public static final Aggregate DEPARTMENTS = levels(Aggregate.of(
          "departments", "department", "dep", Tenancy.TENANT, "name", "active", PROFILE, POLICY))
      .referring(OF_TENANT)
      .owning("teams", "department_id")
      .owning("api_keys", "department_id");

  public static final Aggregate TEAMS = levels(Aggregate.of(
          "teams",
          "team",
          "team",
          Tenancy.TENANT,
          "department_id",
          "name",
          "active",
          PROFILE,
          POLICY))
      .referring(OF_TENANT)
      .referring("department_id", "departments")
      .owning("api_keys", "team_id");

  public static final Aggregate API_KEYS = levels(Aggregate.of(
          "api_keys",
          "api_key",
          "key",
          Tenancy.TENANT,
          "department_id",
          "team_id",
          "name",
          "active",
          "expires_at",
          "allowed_models",
          "allowed_addresses",
          PROFILE,
          POLICY,
          "last4",
          "revoked_at",
          "previous_until",
          "created_by"))
      .withHidden("public_id", "secret_hash", "previous_hash")
      .referring(OF_TENANT)
      .referring("department_id", "departments")
      .referring("team_id", "teams");

  public static final Aggregate ROUTING_POLICIES = Aggregate.of(
          "routing_policies",
          "routing_policy",
          "rp",
          Tenancy.TENANT,
          "name",
          "match",
          "strategy",
          "active")
      .referring(OF_TENANT)
      .usedBy("tenants", POLICY)
      .usedBy("departments", POLICY)
      .usedBy("teams", POLICY)
      .usedBy("api_keys", POLICY)
      .usedBy("api_routes", POLICY);

  public static final Aggregate API_ROUTES = levels(Aggregate.of(
          "api_routes",
          "api_route",
          "rt",
          Tenancy.TENANT,
          "path",
          "method",
          "protocol",
          "priority",
          POLICY,
          "model",
          PROFILE,
          "parameters",
          "active"))
      .referring(OF_TENANT);

  public static final Aggregate ADMINS = Aggregate.of(
          "admins", "admin", "adm", Tenancy.OPTIONAL, "name", "role", "active")
      .withHidden("token_hash")
      .referring(OF_TENANT);

  public static final Aggregate GUARDRAIL_PROFILES = usedByLevels(
      Aggregate.of(
              "guardrail_profiles",
              "guardrail_profile",
              "gp",
              Tenancy.TENANT,
              "name",
              "rules",
              "active")
          .referring(OF_TENANT),
      PROFILE);

  public static final Aggregate PROVIDERS = Aggregate.of(
          "providers",
          "provider",
          "prv",
          Tenancy.NONE,
          "name",
          "type",
          "base_url",
          "region",
          "project",
          "api_version",
          "deployments",
          "active")
      .withDerived("credentials", """
          (SELECT coalesce(json_agg(json_build_object(
                     'id', c.id, 'last4', c.last4, 'created_at', c.created_at)
                   ORDER BY c.created_at, c.id), '[]')
             FROM provider_credentials c WHERE c.provider_id = t.id)""")
      .owning("models", "provider_id");

  public static final Aggregate MODELS = Aggregate.of(
          "models", "model", "mdl", Tenancy.NONE, "provider_id", "name", "active")
      .withDerived("prices", """
          (SELECT coalesce(json_agg(json_build_object(
                     'valid_from', p.valid_from,
                     'input_usd_per_million', trim_scale(p.input_nanos / 1e9),
                     'output_usd_per_million', trim_scale(p.output_nanos / 1e9),
                     'cached_input_usd_per_million', trim_scale(p.cached_input_nanos / 1e9))
                   ORDER BY p.valid_from), '[]')
             FROM prices p WHERE p.model_id = t.id)""")
      .referring(new Reference("provider_id", "providers", Tenancy.NONE));

  private Aggregates() {}

  private static Aggregate levels(Aggregate aggregate) {
    return aggregate.referring(TO_PROFILE).referring(POLICY, "routing_policies");
  }

  private static Aggregate usedByLevels(Aggregate aggregate, String column) {
    return aggregate
        .usedBy("tenants", column)
        .usedBy("departments", column)
        .usedBy("teams", column)
        .usedBy("api_keys", column)
        .usedBy("api_routes", column);
  }
}
