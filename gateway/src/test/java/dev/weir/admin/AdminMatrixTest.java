package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.admin.AdminOperation.Reach;
import dev.weir.it.AdminClient;
import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every operation of the contract × every role, of the gateway and of one tenant × {own, foreign, absent}. What is expected
 * stands here a second time, on purpose: an operation without a row, or with another role, fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminMatrixTest {
  private static final List<Row> ROWS = rows();

  /**
   * What an operation is expected to demand.
   *
   * @param fixture which object it is called on, or is to make
   * @param body with {@code %T} for the tenant, {@code %D} for a department of it, {@code %P} for a provider, {@code %K} for a key, {@code %N} for a
   *     fresh name
   * @param good the status of success
   */
  private record Row(String id, Role role, Reach reach, String fixture, String body, int good) {}

  private static List<Row> rows() {
    var rows = new ArrayList<Row>();
    crud(rows, "Tenant", "Tenants", Role.ADMIN, Reach.GATEWAY, "{\"name\":\"%N\"}");
    crud(
        rows,
        "Department",
        "Departments",
        Role.ADMIN,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"name\":\"%N\"}");
    crud(
        rows,
        "Team",
        "Teams",
        Role.ADMIN,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"department_id\":\"%D\",\"name\":\"%N\"}");
    crud(
        rows,
        "ApiKey",
        "ApiKeys",
        Role.OPERATOR,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"name\":\"%N\"}");
    crud(
        rows,
        "Admin",
        "Admins",
        Role.OWNER,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"name\":\"%N\",\"role\":\"viewer\"}");
    crud(
        rows,
        "RoutingPolicy",
        "RoutingPolicies",
        Role.ADMIN,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"name\":\"%N\",\"strategy\":{\"type\":\"fallback\",\"targets\":[{\"model\":"
            + "\"a/m1\"}]}}");
    crud(
        rows,
        "ApiRoute",
        "ApiRoutes",
        Role.ADMIN,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"path\":\"/%N\",\"model\":\"a/m1\"}");
    var explained = "{\"api_key_id\":\"%K\",\"body\":" + RunningGateway.chat("a/m1") + "}";
    rows.add(new Row("explain", Role.VIEWER, Reach.TENANT, "ApiKey", explained, 200));
    var checked = "{\"tenant_id\":\"%T\",\"direction\":\"input\",\"texts\":[\"hi\"]}";
    rows.add(new Row("checkGuardrails", Role.VIEWER, Reach.TENANT, "Tenant", checked, 200));
    // it asks for a key by its query, and says so
    rows.add(new Row("effectiveGuardrails", Role.VIEWER, Reach.TENANT, "", "", 400));
    rows.add(new Row("listRequests", Role.VIEWER, Reach.TENANT, "", "", 200));
    rows.add(new Row("getRequest", Role.VIEWER, Reach.TENANT, "Request", "", 200));
    crud(
        rows,
        "GuardrailProfile",
        "GuardrailProfiles",
        Role.ADMIN,
        Reach.TENANT,
        "{\"tenant_id\":\"%T\",\"name\":\"%N\",\"rules\":[]}");
    crud(
        rows,
        "Provider",
        "Providers",
        Role.ADMIN,
        Reach.GATEWAY,
        "{\"name\":\"%N\",\"type\":\"openai\",\"base_url\":\"https://api.example.com/v1\"}");
    crud(
        rows,
        "Model",
        "Models",
        Role.ADMIN,
        Reach.GATEWAY,
        "{\"provider_id\":\"%P\",\"name\":\"%N\"}");
    rows.add(new Row("listProviderHealth", Role.VIEWER, Reach.GATEWAY, "", "", 200));
    rows.add(new Row("testProvider", Role.ADMIN, Reach.GATEWAY, "Provider", "", 200));
    rows.add(new Row("revokeApiKey", Role.OPERATOR, Reach.TENANT, "ApiKey", "", 200));
    rows.add(new Row("rotateApiKey", Role.OPERATOR, Reach.TENANT, "ApiKey", "{}", 200));
    rows.add(new Row("listUsage", Role.VIEWER, Reach.TENANT, "", "", 200));
    rows.add(new Row("summarizeUsage", Role.VIEWER, Reach.TENANT, "", "", 200));
    rows.add(new Row("listAudit", Role.ADMIN, Reach.TENANT, "", "", 200));
    return rows;
  }

  private static void crud(
      List<Row> rows, String one, String many, Role role, Reach reach, String body) {
    var read = one.equals("Provider") ? Reach.GATEWAY : Reach.TENANT;
    var change = one.equals("Tenant") ? Reach.TENANT : reach;
    var patch = List.of("Provider", "Model", "ApiRoute").contains(one)
        ? "{\"active\":true}"
        : "{\"name\":\"%N\"}";
    rows.add(new Row("list" + many, Role.VIEWER, read, "", "", 200));
    rows.add(new Row("get" + one, Role.VIEWER, read, one, "", 200));
    rows.add(new Row("create" + one, role, reach, one, body, 201));
    rows.add(new Row("update" + one, role, change, one, patch, 200));
    rows.add(new Row("delete" + one, role, reach, one, "", 204));
  }

  private final AdminContract contract = AdminContract.load();
  private final RunningGateway gateway;
  private final AdminClient owner;
  private final AtomicInteger names = new AtomicInteger();
  private final Map<String, AdminClient> ofGateway = new LinkedHashMap<>();
  private final Map<String, AdminClient> ofTenant = new LinkedHashMap<>();
  private final String own;
  private final String foreign;

  AdminMatrixTest() throws IOException {
    gateway = new RunningGateway(
        List.of(new RemoteProvider("a", URI.create("http://127.0.0.1:1/v1"), "", List.of("m1"))),
        RunningGateway.QUICK);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
    own = owner.make("/tenants", "{\"name\":\"own\"}");
    foreign = owner.make("/tenants", "{\"name\":\"foreign\"}");
    for (var role : Role.values()) {
      var name = role.name().toLowerCase(java.util.Locale.ROOT);
      ofGateway.put(name, admin("{\"name\":\"g\",\"role\":\"" + name + "\"}"));
      ofTenant.put(
          name,
          admin("{\"name\":\"t\",\"role\":\"%s\",\"tenant_id\":\"%s\"}".formatted(name, own)));
    }
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private AdminClient admin(String body) {
    return owner.as(owner.post("/admins", body).get("token"));
  }

  @Test
  void every_operation_has_its_row() {
    assertThat(contract.operations().stream().map(AdminOperation::id))
        .containsExactlyInAnyOrderElementsOf(ROWS.stream().map(Row::id).toList());
    for (var row : ROWS) {
      assertThat(operation(row).role()).as(row.id()).isEqualTo(row.role());
      assertThat(operation(row).reach()).as(row.id()).isEqualTo(row.reach());
    }
  }

  @Test
  void a_role_may_what_its_row_says_and_no_more() {
    for (var row : ROWS) {
      ofGateway.forEach((role, client) -> {
        var may = Role.of(role).compareTo(row.role()) >= 0;
        var answer = call(client, row, own);
        assertThat(answer.status())
            .as(row.id() + " by a gateway's " + role + ": " + answer.text())
            .isEqualTo(may ? row.good() : 403);
      });
      ofTenant.forEach((role, client) -> {
        var may = Role.of(role).compareTo(row.role()) >= 0 && row.reach() == Reach.TENANT;
        var answer = call(client, row, own);
        assertThat(answer.status())
            .as(row.id() + " by a tenant's " + role + ": " + answer.text())
            .isEqualTo(may ? row.good() : 403);
      });
    }
  }

  @Test
  void what_is_anothers_is_answered_as_what_is_not_there() {
    for (var row : ROWS) {
      if (row.fixture().isEmpty()
          || row.reach() == Reach.GATEWAY
          || row.fixture().equals("Model")) {
        continue;
      }
      ofTenant.forEach((role, client) -> {
        var may = Role.of(role).compareTo(row.role()) >= 0;
        var theirs = call(client, row, foreign);
        var nobodys = absent(client, row);
        var what = row.id() + " by a tenant's " + role + ": " + theirs.text();
        assertThat(theirs.status()).as(what).isEqualTo(may ? 404 : 403);
        assertThat(theirs.status()).as(what).isEqualTo(nobodys.status());
        assertThat(theirs.text()).as(what).isEqualTo(nobodys.text());
      });
      var nobodys = absent(owner, row);
      assertThat(nobodys.status()).as(row.id()).isEqualTo(404);
    }
  }

  @Test
  void a_list_shows_a_tenants_admin_nothing_of_others() {
    make("Team", foreign);
    make("ApiKey", foreign);
    make("Admin", foreign);
    for (var row : ROWS) {
      if (!row.id().startsWith("list") || row.reach() == Reach.GATEWAY) {
        continue;
      }
      var path = operation(row).path();
      assertThat(Objects.requireNonNull(ofTenant.get("owner"))
              .get(path + "?limit=200")
              .text())
          .as(row.id())
          .doesNotContain(foreign);
      if (operation(row).query().stream().anyMatch(one -> one.name().equals("tenant_id"))) {
        var asked =
            Objects.requireNonNull(ofTenant.get("owner")).get(path + "?tenant_id=" + foreign);
        var unknown = Objects.requireNonNull(ofTenant.get("owner")).get(path + "?tenant_id=none");
        assertThat(asked.text()).as(row.id()).isEqualTo(unknown.text());
      }
    }
  }

  /** Calls an operation on, or to make, a fresh object of this tenant. */
  private AdminClient.Response call(AdminClient client, Row row, String tenant) {
    var operation = operation(row);
    var path = operation.path();
    if (operation.ofOne()) {
      // a tenant's admin has one tenant to call on, which must stay
      var self = row.fixture().equals("Tenant") && !row.id().equals("deleteTenant");
      path = path.replace("{id}", self ? tenant : make(row.fixture(), tenant));
    }
    return client.send(operation.method(), path, filled(row.body(), tenant));
  }

  private AdminClient.Response absent(AdminClient client, Row row) {
    var operation = operation(row);
    return client.send(
        operation.method(),
        operation.path().replace("{id}", "none"),
        filled(row.body(), operation.ofOne() ? own : "none"));
  }

  private String make(String fixture, String tenant) {
    if (fixture.equals("Request")) {
      return request(tenant);
    }
    var create =
        ROWS.stream().filter(row -> row.id().equals("create" + fixture)).findFirst();
    var row = create.orElseThrow();
    return owner.make(operation(row).path(), filled(row.body(), tenant));
  }

  /** Has a tenant's key send something to where nobody answers. */
  private String request(String tenant) {
    var id = "r-" + names.incrementAndGet();
    var key = owner
        .post("/api-keys", "{\"tenant_id\":\"" + tenant + "\",\"name\":\"r\"}")
        .get("key");
    var _ = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .header("x-request-id", id)
        .POST(HttpRequest.BodyPublishers.ofString(RunningGateway.chat("a/m1")))
        .build());
    Awaitility.await().until(() -> owner.get("/requests/" + id).status() == 200);
    return id;
  }

  private String filled(String body, String tenant) {
    var text = body.replace("%T", tenant).replace("%N", "n" + names.incrementAndGet());
    if (text.contains("%D")) {
      text = text.replace("%D", tenant.equals("none") ? "none" : make("Department", tenant));
    }
    if (text.contains("%K")) {
      text = text.replace("%K", tenant.equals("none") ? "none" : make("ApiKey", tenant));
    }
    return text.contains("%P") ? text.replace("%P", make("Provider", tenant)) : text;
  }

  private AdminOperation operation(Row row) {
    return contract.operations().stream()
        .filter(one -> one.id().equals(row.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the contract lacks " + row.id()));
  }
}
