package dev.weir.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the admin API of a gateway under test, as one admin. */
public final class AdminClient {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String token;

  public AdminClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** The same API as another admin. */
  public AdminClient as(String otherToken) {
    return new AdminClient(url, otherToken);
  }

  /** What came back. */
  public record Response(int status, String text, HttpResponse<String> whole) {
    public JsonNode json() {
      return JSON.readTree(text);
    }

    /** A member's text. */
    public String get(String name) {
      return json().get(name).asString();
    }

    public String code() {
      return json().at("/error/code").asString();
    }

    public String param() {
      return json().at("/error/param").asString();
    }

    public String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  public Response get(String path) {
    return send("GET", path, "");
  }

  public Response post(String path, String body) {
    return send("POST", path, body);
  }

  public Response patch(String path, String body, String... headers) {
    return send("PATCH", path, body, headers);
  }

  public Response delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  /** Makes something, and returns its id. */
  public String make(String path, String body) {
    var made = post(path, body);
    if (made.status() != 201) {
      throw new AssertionError(path + " " + body + ": " + made.status() + " " + made.text());
    }
    return made.get("id");
  }

  public Response send(String method, String path, String body, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(url + "/admin/v1" + path));
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(method, HttpRequest.BodyPublishers.ofString(body));
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), response.body(), response);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
