package dev.weir.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.pipeline.Endpoint;
import dev.weir.protocol.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contract for programs and for people, open to everybody who reaches the port. Immutable. */
final class ContractPages {
  private static final Map.Entry<String, String> POLICY = Map.entry(
      "content-security-policy",
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'");

  private final List<AdminPlane.Route> routes;

  ContractPages(AdminContract contract) {
    var page = new DocsPage(contract).html().getBytes(UTF_8);
    this.routes = List.of(
        route("/openapi.json", "application/json", contract.json()),
        route("/docs", "text/html; charset=utf-8", page),
        route("/docs.css", "text/css; charset=utf-8", stylesheet()));
  }

  List<AdminPlane.Route> routes() {
    return routes;
  }

  private static AdminPlane.Route route(String path, String type, byte[] body) {
    var headers = new ArrayList<>(AdminEndpoint.SAFE);
    headers.add(POLICY);
    headers.add(Map.entry("referrer-policy", "no-referrer"));
    Endpoint endpoint = exchange -> {
      var _ = exchange.relay(new Reply.Whole(200, type, headers, body));
    };
    return new AdminPlane.Route("GET", path, endpoint);
  }

  private static byte[] stylesheet() {
    try (InputStream in = ContractPages.class.getResourceAsStream("/openapi/docs.css")) {
      if (in == null) {
        throw new IllegalStateException("the build lacks /openapi/docs.css");
      }
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
