package dev.weir.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.ClientProtocol;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads stored routes strictly. Stateless. */
final class ApiRouteReader {
  static final int MOST_PARAMETERS = 64;
  static final int LONGEST_PARAMETERS = 65_536;
  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");
  private static final Set<String> DECIDED_ELSEWHERE = Set.of("model", "messages", "input");

  private ApiRouteReader() {}

  static ApiRoute read(ApiRouteRow row) {
    if (!METHODS.contains(row.method())) {
      throw new InvalidDocument("method", "Must be POST, PUT or PATCH: the request has a body.");
    }
    if (row.routingPolicyId().isPresent() && row.model().isPresent()) {
      throw new InvalidDocument("model", "Must not be given together with routing_policy_id.");
    }
    return new ApiRoute(
        row.id(),
        PathPattern.read(row.path()),
        row.method(),
        protocol(row.protocol()),
        row.priority(),
        row.routingPolicyId(),
        row.model(),
        row.guardrailProfileId(),
        parameters(row.parameters()));
  }

  private static ClientProtocol protocol(String id) {
    for (var protocol : ClientProtocol.values()) {
      if (protocol.id().equals(id)) {
        return protocol;
      }
    }
    throw new InvalidDocument(
        "protocol",
        "Must be one of: "
            + Arrays.stream(ClientProtocol.values())
                .map(ClientProtocol::id)
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static List<ApiRoute.Parameter> parameters(String json) {
    var bytes = json.getBytes(UTF_8);
    var parameters = new ArrayList<ApiRoute.Parameter>();
    var document = document(bytes);
    if (document.size() > MOST_PARAMETERS || bytes.length > LONGEST_PARAMETERS) {
      throw new InvalidDocument(
          "parameters",
          "May hold " + MOST_PARAMETERS + " members and " + LONGEST_PARAMETERS + " bytes.");
    }
    for (var i = 0; i < document.size(); i++) {
      var member = document.member(i);
      var name = member.name();
      if (DECIDED_ELSEWHERE.contains(name)) {
        throw new InvalidDocument(
            "parameters." + name,
            name.equals("model")
                ? "The model is named by the route's own field model."
                : "What is asked comes from the client.");
      }
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new InvalidDocument("parameters", "Names must be plain ASCII.");
      }
      parameters.add(new ApiRoute.Parameter(name, member.value().bytes()));
    }
    return parameters;
  }

  private static JsonObject document(byte[] bytes) {
    try {
      return JsonObject.read(bytes);
    } catch (GatewayException bad) {
      throw new InvalidDocument("parameters", "Must be a JSON object: " + bad.text());
    }
  }
}
