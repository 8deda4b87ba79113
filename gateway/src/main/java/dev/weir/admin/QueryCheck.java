package dev.weir.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a query strictly: each parameter known, once, and of its type. Stateless. */
final class QueryCheck {
  private QueryCheck() {}

  /**
   * @throws GatewayException INVALID_VALUE naming the parameter at fault
   */
  static Map<String, String> read(List<AdminOperation.QueryParameter> known, String query) {
    var found = new LinkedHashMap<String, String>();
    if (query.isEmpty()) {
      return found;
    }
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      var name = decode(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      var parameter = known.stream()
          .filter(one -> one.name().equals(name))
          .findFirst()
          .orElseThrow(() -> wrong(name, "Unknown query parameter."));
      check(parameter, value);
      if (found.put(name, value) != null) {
        throw wrong(name, "It is there twice.");
      }
    }
    return found;
  }

  private static void check(AdminOperation.QueryParameter parameter, String value) {
    var schema = parameter.schema();
    if (schema.path("type").asString("").equals("integer")) {
      checkNumber(parameter, value);
      return;
    }
    if (value.isEmpty() || value.length() > schema.path("maxLength").asInt(200)) {
      throw wrong(parameter.name(), "It is empty or too long.");
    }
    if (value.indexOf('\0') >= 0) {
      throw wrong(parameter.name(), "It holds what no value holds.");
    }
    var names = schema.path("enum");
    if (names.isArray() && names.valueStream().noneMatch(name -> name.asString().equals(value))) {
      throw wrong(parameter.name(), "It is none of the values that the contract lists.");
    }
  }

  private static void checkNumber(AdminOperation.QueryParameter parameter, String value) {
    var least = parameter.schema().path("minimum").asLong(0);
    var most = parameter.schema().path("maximum").asLong(Integer.MAX_VALUE);
    var expected = "A whole number from " + least + " to " + most + " was expected.";
    try {
      var number = Long.parseLong(value);
      if (number < least || number > most) {
        throw wrong(parameter.name(), expected);
      }
    } catch (NumberFormatException _) {
      throw wrong(parameter.name(), expected);
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException _) {
      throw GatewayException.of(ErrorCode.BAD_REQUEST, "The query holds a wrong percent sign.");
    }
  }

  private static GatewayException wrong(String name, String why) {
    var shown = name.length() > 50 ? name.substring(0, 50) : name;
    return GatewayException.of(ErrorCode.INVALID_VALUE, why + " See /openapi.json.")
        .param(shown);
  }
}
