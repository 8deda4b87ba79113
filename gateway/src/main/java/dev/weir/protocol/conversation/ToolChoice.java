package dev.weir.protocol.conversation;

/** Which tools the model may or must ask for. */
public sealed interface ToolChoice {
  record Auto() implements ToolChoice {}

  record None() implements ToolChoice {}

  /** Any of them, but one at least. */
  record Required() implements ToolChoice {}

  record Named(String tool) implements ToolChoice {}
}
