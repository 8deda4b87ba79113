package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.LogLines;
import dev.weir.it.AdminClient;
import dev.weir.it.RunningGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets that were put in come out nowhere: no answer, no error, no log line, no audit row. */
class SeededSecretsTest {
  private static final String CANARY = "sk-canary-93be7f0a51d24c68";

  @Test
  void a_secret_is_found_nowhere_but_where_it_was_given_out() throws IOException {
    try (var log = new LogLines();
        var gateway = new RunningGateway(List.of(), RunningGateway.QUICK)) {
      var owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
      var seen = new ArrayList<String>();
      var provider = provider(owner, seen, "alpha", "\"credentials\":[{\"api_key\":\"%s\"}]");
      provider(owner, seen, "alpha", "\"credentials\":[{\"api_key\":\"%s\"}]");
      provider(owner, seen, "beta", "\"credentials\":[{\"api_key\":\"%s\",\"more\":1}]");
      provider(owner, seen, "gamma", "\"credentials\":\"%s\"");
      provider(owner, seen, "delta", "\"credentials\":[{\"api_key\":7}],\"%s\":1");
      seen.add(owner
          .patch(
              "/providers/" + provider,
              "{\"credentials\":[{\"api_key\":\"%s\"}]}".formatted(CANARY))
          .text());
      seen.add(owner.post("/providers", "{\"name\":\"" + CANARY).text());
      var tenant = owner.make("/tenants", "{\"name\":\"t\"}");
      var key = owner.post("/api-keys", "{\"tenant_id\":\"%s\",\"name\":\"k\"}".formatted(tenant));
      var admin = owner.post("/admins", "{\"name\":\"a\",\"role\":\"viewer\"}");
      var rotated = owner.post("/api-keys/" + key.get("id") + "/rotate", "{\"grace_seconds\":60}");
      for (var path : List.of(
          "/providers",
          "/api-keys",
          "/admins",
          "/audit?limit=200",
          "/providers/" + provider,
          "/api-keys/" + key.get("id"))) {
        seen.add(owner.get(path).text());
      }
      owner.as(key.get("key")).get("/tenants");
      seen.addAll(log.texts());
      seen.addAll(gateway.logLines());
      for (var secret : List.of(
          CANARY,
          key.get("key"),
          rotated.get("key"),
          admin.get("token"),
          gateway.adminToken(),
          gateway.key())) {
        assertThat(seen).noneMatch(text -> text.contains(secret));
      }
    }
  }

  private static String provider(
      AdminClient owner, List<String> seen, String name, String credentials) {
    var answer = owner.post(
        "/providers",
        "{\"name\":\"%s\",\"type\":\"openai\",\"base_url\":\"https://api.example.com/v1\",%s}"
            .formatted(name, credentials.formatted(CANARY)));
    seen.add(answer.text());
    return answer.status() == 201 ? answer.get("id") : "";
  }
}
