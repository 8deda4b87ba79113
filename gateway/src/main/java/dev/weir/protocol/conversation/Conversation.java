package dev.weir.protocol.conversation;

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

  /** How the answer is to come. */
  public enum Delivery {
    WHOLE,
    STREAM
  }
}
