package dev.weir.bench.original;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes tenants over the admin API as their operator would: each with a department, a team, ten keys, and a guardrail
 * profile named on every level. Used by one thread.
 *
 * @param adminPort on loopback
 * @param token of an owner
 */
record Population(int adminPort, String token) {
  static final int KEYS_EACH = 10;

  private static final int AT_ONCE = 8;
  private static final int STEP = 100;
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Makes them, and gives all their keys.
   *
   * @throws IOException when the gateway refuses one
   */
  List<String> make(int tenants, Consumer<String> progress)
      throws IOException, InterruptedException {
    var keys = new ArrayList<String>(tenants * KEYS_EACH);
    try (var client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var made = new ArrayList<Future<List<String>>>();
      for (int i = 0; i < tenants; i++) {
        int number = i;
        made.add(workers.submit(() -> tenant(client, number)));
      }
      for (var one : made) {
        keys.addAll(one.get());
        if (keys.size() % (STEP * KEYS_EACH) == 0) {
          progress.accept("  " + keys.size() / KEYS_EACH + " tenants, " + keys.size() + " keys");
        }
      }
    } catch (ExecutionException failed) {
      throw new IOException("the tenants could not be made: " + failed.getCause(), failed);
    }
    return List.copyOf(keys);
  }

  private List<String> tenant(HttpClient client, int number)
      throws IOException, InterruptedException {
    var tenant = id(post(client, "tenants", "{\"name\":\"tenant-%d\"}".formatted(number)));
    var profile = id(post(client, "guardrail-profiles", """
        {"tenant_id":"%s","name":"own","rules":[
          {"guardrail":"pii","action":"redact","directions":["input","output"]},
          {"guardrail":"injection","action":"flag","directions":["input"]},
          {"guardrail":"toxicity","action":"flag","directions":["input","output"]}]}""".formatted(tenant)));
    var _ = send(
        client,
        "PATCH",
        "tenants/" + tenant,
        "{\"guardrail_profile_id\":\"%s\"}".formatted(profile));
    var department = id(post(client, "departments", """
        {"tenant_id":"%s","name":"department","guardrail_profile_id":"%s"}""".formatted(tenant, profile)));
    var team = id(post(client, "teams", """
        {"tenant_id":"%s","department_id":"%s","name":"team","guardrail_profile_id":"%s"}""".formatted(tenant, department, profile)));
    var keys = new ArrayList<String>();
    for (int i = 0; i < KEYS_EACH; i++) {
      keys.add(post(client, "api-keys", """
          {"tenant_id":"%s","department_id":"%s","team_id":"%s","name":"key-%d","guardrail_profile_id":"%s"}""".formatted(tenant, department, team, i, profile))
          .required("key")
          .asString());
    }
    return keys;
  }

  private static String id(JsonNode made) {
    return made.required("id").asString();
  }

  private JsonNode post(HttpClient client, String path, String body)
      throws IOException, InterruptedException {
    return send(client, "POST", path, body);
  }

  private JsonNode send(HttpClient client, String method, String path, String body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + adminPort + "/admin/v1/" + path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
