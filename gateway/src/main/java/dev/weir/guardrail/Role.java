package dev.weir.guardrail;

/** Who speaks in a text of a request. */
public enum Role {
  /** The application: system and developer messages, instructions. */
  SYSTEM,
  USER,
  /** Earlier answers, and every answer on its way out. */
  ASSISTANT,
  /** Results of tools. */
  TOOL,
  /** Definitions of tools, schemas, names, metadata: whatever stands outside of messages. */
  DEFINITION,
  /** Retrieved texts that are marked as such. */
  DOCUMENT
}
