package dev.weir.protocol.conversation;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.List;

/**
 * A request to a model, in no protocol's words: what a client's protocol is read into and a provider's is written from.
 * Immutable.
 *
 * <p>It is made only where the two differ; where they are the same the client's own bytes go upstream.
 *
 * @param model as the client named it
 * @param turns in order; system prompts first or wherever the client put them
 */
public record Conversation(
    String model,
    List<Turn> turns,
    List<Tool> tools,
    ToolChoice toolChoice,
    OutputFormat format,
    Settings settings,
    Delivery delivery) {
  public Conversation {
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
  }

  /**
   * Refuses what asks for several answers, for protocols that give one.
   *
   * @throws GatewayException INVALID_VALUE naming {@code n}
   */
  public void requireOneChoice() {
    if (settings.choices() > 1) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE,
              "'n' must be 1: the provider of this model gives one answer.")
          .param("n");
    }
  }

  /** How the answer is to come. */
  public enum Delivery {
    WHOLE,
    STREAM
  }
}
