package dev.weir.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.ClientProtocol;
import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A tenant's own path on the data port. Immutable.
 *
 * @param priority of two routes that fit a path the one with the higher priority answers
 * @param routingPolicyId the policy that decides, or
 * @param model the model that is asked for; with neither, the one that the request names
 * @param guardrailProfileId the profile that holds here, before those of key, team, department and tenant
 * @param parameters set in every request's document, whatever the client wrote there
 */
public record ApiRoute(
    String id,
    PathPattern path,
    String method,
    ClientProtocol protocol,
    int priority,
    Optional<String> routingPolicyId,
    Optional<String> model,
    Optional<String> guardrailProfileId,
    List<Parameter> parameters) {
  public ApiRoute {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a stored route strictly.
   *
   * @throws dev.weir.protocol.InvalidDocument with the path of the field at fault
   */
  public static ApiRoute read(ApiRouteRow row) {
    return ApiRouteReader.read(row);
  }

  /** One fixed member of a request's document; its value is JSON. */
  public record Parameter(String name, byte[] value) {}

  /**
   * A client's document with this route's parameters, and with a model where it names none; every other byte stays as it was.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON or INVALID_VALUE for what is no JSON object
   */
  public byte[] body(byte[] sent) {
    var document = JsonObject.read(sent);
    var splice = JsonSplice.of(sent);
    var added = new ByteArrayOutputStream();
    for (var parameter : parameters) {
      var at = document.indexOf(parameter.name());
      if (at >= 0) {
        JsonMember member = document.member(at);
        splice.replace(member.valueStart(), member.valueEnd(), parameter.value());
      } else {
        add(added, parameter.name(), parameter.value());
      }
    }
    if (document.indexOf("model") < 0) {
      model
          .or(() -> routingPolicyId)
          .ifPresent(name -> add(added, "model", JsonWriter.string(name)));
    }
    if (added.size() > 0) {
      insert(splice, document, added.toByteArray());
    }
    return splice.apply();
  }

  private static void add(ByteArrayOutputStream members, String name, byte[] value) {
    members.write(',');
    members.writeBytes(JsonWriter.string(name));
    members.write(':');
    members.writeBytes(value);
  }

  private static void insert(JsonSplice splice, JsonObject document, byte[] members) {
    if (document.size() > 0) {
      splice.insert(document.member(document.size() - 1).valueEnd(), members);
    } else {
      var first = new String(members, 1, members.length - 1, UTF_8);
      splice.insert(document.start() + 1, first.getBytes(UTF_8));
    }
  }
}
