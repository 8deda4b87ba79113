package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.ApiKeyFormat;
import dev.weir.it.AdminClient;
import dev.weir.it.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The admin API on its port, over a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminApiTest {
  private final RunningGateway gateway;
  private final AdminClient owner;
  private final String tenant;

  AdminApiTest() throws IOException {
    gateway = new RunningGateway(List.of(), RunningGateway.QUICK);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
    tenant = owner.make("/tenants", "{\"name\":\"acme\"}");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void a_tree_is_made_read_changed_and_deleted() {
    var department =
        owner.make("/departments", "{\"tenant_id\":\"%s\",\"name\":\"ops\"}".formatted(tenant));
    var team = owner.make(
        "/teams",
        "{\"tenant_id\":\"%s\",\"department_id\":\"%s\",\"name\":\"night\"}"
            .formatted(tenant, department));
    var read = owner.get("/teams/" + team);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.get("name")).isEqualTo("night");
    assertThat(read.header("etag")).isEqualTo("\"1\"");
    assertThat(read.header("cache-control")).isEqualTo("no-store");
    var changed = owner.patch("/teams/" + team, "{\"name\":\"day\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.get("name")).isEqualTo("day");
    assertThat(changed.header("etag")).isEqualTo("\"2\"");
    assertThat(owner.delete("/departments/" + department).status()).isEqualTo(204);
    assertThat(owner.get("/teams/" + team).status()).isEqualTo(404);
  }

  @Test
  void a_change_of_what_was_changed_meanwhile_is_refused() {
    var id = owner.make("/tenants", "{\"name\":\"etag\"}");
    assertThat(owner
            .patch("/tenants/" + id, "{\"name\":\"etag-2\"}", "if-match", "\"1\"")
            .status())
        .isEqualTo(200);
    var late = owner.patch("/tenants/" + id, "{\"name\":\"etag-3\"}", "if-match", "\"1\"");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("precondition_failed");
    assertThat(owner.delete("/tenants/" + id, "if-match", "\"1\"").status()).isEqualTo(412);
    assertThat(owner.delete("/tenants/" + id, "if-match", "\"9\", \"2\"").status())
        .isEqualTo(204);
  }

  @Test
  void a_list_is_paged_by_a_cursor_that_survives_deletions() {
    var made = new ArrayList<String>();
    var home = owner.make("/tenants", "{\"name\":\"paged\"}");
    for (var i = 0; i < 5; i++) {
      made.add(
          owner.make("/departments", "{\"tenant_id\":\"%s\",\"name\":\"d%d\"}".formatted(home, i)));
    }
    var seen = new ArrayList<String>();
    var path = "/departments?limit=2&tenant_id=" + home;
    var page = owner.get(path).json();
    page.get("data").forEach(one -> seen.add(one.get("id").asString()));
    owner.delete("/departments/" + seen.getLast());
    while (!page.get("next_cursor").isNull()) {
      page = owner.get(path + "&cursor=" + page.get("next_cursor").asString()).json();
      page.get("data").forEach(one -> seen.add(one.get("id").asString()));
    }
    assertThat(seen).isEqualTo(made);
  }

  @Test
  void a_query_is_read_strictly() {
    for (var query : List.of(
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "colour=red",
        "limit=1&limit=2",
        "cursor=YWJj",
        "tenant_id=",
        "limit")) {
      var refused = owner.get("/departments?" + query);
      assertThat(refused.status()).as(query).isEqualTo(400);
      assertThat(refused.param()).as(query).isEqualTo(query.split("[=]", -1)[0]);
    }
    assertThat(owner.get("/tenants?tenant_id=x").status()).isEqualTo(400);
  }

  @Test
  void what_a_body_names_must_be_there_and_of_the_same_tenant() {
    var other = owner.make("/tenants", "{\"name\":\"elsewhere\"}");
    var foreign =
        owner.make("/departments", "{\"tenant_id\":\"%s\",\"name\":\"x\"}".formatted(other));
    for (var id : List.of(foreign, "dep_none")) {
      var refused = owner.post(
          "/teams",
          "{\"tenant_id\":\"%s\",\"department_id\":\"%s\",\"name\":\"t\"}".formatted(tenant, id));
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.param()).isEqualTo("department_id");
    }
    var profile = owner.patch("/tenants/" + tenant, "{\"guardrail_profile_id\":\"gp_none\"}");
    assertThat(profile.status()).isEqualTo(404);
    assertThat(profile.param()).isEqualTo("guardrail_profile_id");
  }

  @Test
  void a_profile_is_named_on_every_level_and_stays_while_it_is() {
    var home = owner.make("/tenants", "{\"name\":\"profiles\"}");
    var profile = owner.make(
        "/guardrail-profiles",
        "{\"tenant_id\":\"%s\",\"name\":\"house\",\"rules\":[]}".formatted(home));
    var naming = "{\"guardrail_profile_id\":\"%s\"}".formatted(profile);
    var named = owner.patch("/tenants/" + home, naming);
    assertThat(named.get("guardrail_profile_id")).isEqualTo(profile);
    assertThat(owner.patch("/tenants/" + tenant, naming).status()).isEqualTo(404);
    assertThat(owner.delete("/guardrail-profiles/" + profile).status()).isEqualTo(409);
    var cleared = owner.patch("/tenants/" + home, "{\"guardrail_profile_id\":null}");
    assertThat(cleared.json().get("guardrail_profile_id").isNull()).isTrue();
    assertThat(owner.delete("/guardrail-profiles/" + profile).status()).isEqualTo(204);
    assertThat(owner
            .patch("/tenants/" + home, "{\"guardrail_profile_id\":\"strict\"}")
            .status())
        .isEqualTo(200);
    var wrong = owner.post(
        "/guardrail-profiles",
        "{\"tenant_id\":\"%s\",\"name\":\"x\",\"rules\":[{\"guardrail\":\"no.such\"}]}"
            .formatted(home));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.param()).startsWith("rules[0]");
  }

  @Test
  void what_nothing_enforces_and_what_the_server_owns_is_refused() {
    for (var field : List.of("limits", "budget", "id", "created_at", "last4", "managed_by")) {
      var refused = owner.post(
          "/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"k\",\"%s\":{}}".formatted(tenant, field));
      assertThat(refused.status()).as(field).isEqualTo(400);
      assertThat(refused.param()).as(field).isEqualTo(field);
    }
    assertThat(owner.post("/tenants", "{\"name\":\"a\\u0000b\"}").status()).isEqualTo(400);
    assertThat(owner.post("/tenants", "{\"name\":\"acme\"}").code()).isEqualTo("conflict");
  }

  @Test
  void a_key_opens_the_data_port_at_once_and_ends_with_each_level_above_it() {
    var home = owner.make("/tenants", "{\"name\":\"keys\"}");
    var department =
        owner.make("/departments", "{\"tenant_id\":\"%s\",\"name\":\"d\"}".formatted(home));
    var made = owner.post(
        "/api-keys",
        "{\"tenant_id\":\"%s\",\"department_id\":\"%s\",\"name\":\"k\"}"
            .formatted(home, department));
    assertThat(made.status()).isEqualTo(201);
    assertThat(models(made.get("key"))).isEqualTo(200);
    assertThat(owner.get("/api-keys/" + made.get("id")).text()).doesNotContain(made.get("key"));
    assertThat(made.get("key")).endsWith(made.get("last4"));
  }

  @Test
  void rotation_takes_both_secrets_for_its_grace_and_a_revocation_ends_both() {
    var made = owner.post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"r\"}".formatted(tenant));
    var path = "/api-keys/" + made.get("id");
    var old = made.get("key");
    var rotated = owner.post(path + "/rotate", "{\"grace_seconds\":3600}");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(models(rotated.get("key"))).isEqualTo(200);
    assertThat(models(old)).isEqualTo(200);
    var revoked = owner.post(path + "/revoke", "");
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.json().get("revoked_at").isNull()).isFalse();
    assertThat(owner.post(path + "/rotate", "{}").status()).isEqualTo(409);
    assertThat(owner.post(path + "/revoke", "").status()).isEqualTo(200);
  }

  @Test
  void a_rotation_without_grace_ends_the_old_secret() {
    var made = owner.post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"r0\"}".formatted(tenant));
    var rotated = owner.post("/api-keys/" + made.get("id") + "/rotate", "{}");
    assertThat(models(rotated.get("key"))).isEqualTo(200);
    assertThat(models(made.get("key"))).isEqualTo(401);
  }

  @Test
  void a_key_is_taken_only_from_its_addresses() {
    assertThat(models(key("\"allowed_addresses\":[\"127.0.0.0/8\"]"))).isEqualTo(200);
    var refused = get(key("\"allowed_addresses\":[\"10.0.0.0/8\"]"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("permission_denied");
    var wrong = owner.post(
        "/api-keys",
        "{\"tenant_id\":\"%s\",\"name\":\"k\",\"allowed_addresses\":[\"10.0.0.0/8\",\"localhost\"]}"
            .formatted(tenant));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.param()).isEqualTo("allowed_addresses[1]");
  }

  @Test
  void a_key_that_has_expired_is_refused() {
    assertThat(models(key("\"expires_at\":\"2020-01-01T00:00:00Z\""))).isEqualTo(401);
    assertThat(models(key("\"expires_at\":\"2999-01-01T00:00:00+02:00\""))).isEqualTo(200);
  }

  @Test
  void admins_are_made_no_stronger_than_who_makes_them() {
    var made = owner.post(
        "/admins",
        "{\"name\":\"delegate\",\"role\":\"owner\",\"tenant_id\":\"%s\"}".formatted(tenant));
    var delegate = owner.as(made.get("token"));
    assertThat(delegate.post("/admins", "{\"name\":\"g\",\"role\":\"owner\"}").status())
        .isEqualTo(403);
    assertThat(delegate
            .post("/admins", "{\"name\":\"g\",\"role\":\"viewer\",\"tenant_id\":\"ten_other\"}")
            .status())
        .isEqualTo(404);
    assertThat(delegate.make(
            "/admins",
            "{\"name\":\"v\",\"role\":\"viewer\",\"tenant_id\":\"%s\"}".formatted(tenant)))
        .startsWith("adm_");
    assertThat(delegate.post("/tenants", "{\"name\":\"mine\"}").status()).isEqualTo(403);
    assertThat(delegate.patch("/tenants/" + tenant, "{\"active\":false}").status())
        .isEqualTo(403);
    var seen = delegate.get("/admins").json().get("data");
    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.get("tenant_id").asString()).isEqualTo(tenant));
    assertThat(owner.delete("/admins/" + made.get("id")).status()).isEqualTo(204);
    assertThat(delegate.get("/tenants").status()).isEqualTo(401);
  }

  @Test
  void the_last_owner_stays() {
    var id = gateway
        .stores()
        .admins()
        .authenticate(gateway.adminToken())
        .orElseThrow()
        .id();
    assertThat(owner.patch("/admins/" + id, "{\"role\":\"viewer\"}").status()).isEqualTo(409);
    assertThat(owner.delete("/admins/" + id).status()).isEqualTo(409);
  }

  @Test
  void every_wrong_credential_gets_the_same_answer_and_too_many_get_429() {
    var wrong = List.of(
        "",
        "x",
        gateway.key(),
        "wr-admin-" + "a".repeat(16) + "-" + "b".repeat(49),
        "' OR 1=1 --",
        "x".repeat(10_000),
        "schl\u00fcssel");
    var answers = wrong.stream().map(token -> owner.as(token).get("/tenants")).toList();
    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text()).isEqualTo(answers.getFirst().text());
    });
    var two = owner.send("GET", "/tenants", "", "x-api-key", "another");
    assertThat(two.status()).isEqualTo(401);
    for (var i = 0; i < AuthFailures.LIMIT; i++) {
      owner.as("x").get("/tenants");
    }
    var limited = owner.as("x").get("/tenants");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(Integer.parseInt(limited.header("retry-after"))).isBetween(1, 60);
    assertThat(owner.get("/tenants").status()).isEqualTo(200);
  }

  @Test
  void pages_of_other_sites_are_refused() {
    assertThat(
            owner.send("GET", "/tenants", "", "origin", "https://evil.example").status())
        .isEqualTo(403);
    assertThat(owner.send("GET", "/tenants", "", "origin", gateway.adminUrl()).status())
        .isEqualTo(200);
  }

  @Test
  void contract_and_page_are_open_and_run_no_script() {
    var contract = plain("/openapi.json");
    assertThat(contract.body()).contains("\"openapi\":\"3.1.0\"");
    var page = plain("/docs");
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).contains("createTenant".substring(6)).doesNotContain("<script");
    assertThat(page.body()).doesNotContain("style=").doesNotContain("http-equiv");
    assertThat(plain("/docs.css").statusCode()).isEqualTo(200);
  }

  @Test
  void every_change_is_in_the_audit_log_without_a_secret() {
    var home = owner.make("/tenants", "{\"name\":\"audited\"}");
    var key = owner.post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"k\"}".formatted(home));
    owner.post("/api-keys/" + key.get("id") + "/revoke", "");
    owner.delete("/tenants/" + home);
    var log = owner.get("/audit?tenant_id=" + home);
    var actions = new ArrayList<String>();
    log.json()
        .get("data")
        .forEach(one ->
            actions.add(one.get("action").asString() + " " + one.get("resource").asString()));
    assertThat(actions)
        .containsExactly("create tenants", "create api_keys", "revoke api_keys", "delete tenants");
    assertThat(log.text()).doesNotContain(key.get("key")).doesNotContain("secret_hash");
    assertThat(gateway.stores().audit().verify(java.util.Optional.empty()).faults())
        .isEmpty();
  }

  private String key(String fields) {
    return owner
        .post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"k\",%s}".formatted(tenant, fields))
        .get("key");
  }

  private int models(String key) {
    assertThat(key.length()).isLessThanOrEqualTo(ApiKeyFormat.MAX_LENGTH);
    return get(key).status();
  }

  private AdminClient.Response get(String key) {
    var response = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/models"))
        .header("authorization", "Bearer " + key)
        .build());
    return new AdminClient.Response(response.statusCode(), response.body(), response);
  }

  private java.net.http.HttpResponse<String> plain(String path) {
    return gateway.send(
        HttpRequest.newBuilder(URI.create(gateway.adminUrl() + path)).build());
  }
}
