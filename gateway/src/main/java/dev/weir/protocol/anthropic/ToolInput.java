package dev.weir.protocol.anthropic;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;

/** The arguments of a tool call, which this protocol carries as an object and others as a text. Stateless. */
final class ToolInput {
  private ToolInput() {}

  /**
   * The same bytes, once they are known to be one JSON object.
   *
   * @throws GatewayException INVALID_VALUE when the client sends back what is none
   */
  static byte[] checked(byte[] arguments, String tool) {
    try {
      var _ = JsonObject.read(arguments);
      return arguments;
    } catch (GatewayException noObject) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE,
              "The arguments of the call of " + tool
                  + " must be a JSON object: the provider of this model takes nothing else.")
          .param("messages");
    }
  }
}
