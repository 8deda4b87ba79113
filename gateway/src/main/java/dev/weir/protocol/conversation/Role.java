package dev.weir.protocol.conversation;

/** Whose turn it is. A system prompt is a turn too, wherever a protocol keeps it. */
public enum Role {
  SYSTEM,
  DEVELOPER,
  USER,
  ASSISTANT,
  TOOL
}
