package dev.weir.protocol.conversation;

/** Why an answer ended. */
public enum FinishReason {
  /** The model had said all. */
  STOP,
  /** A stop sequence of the client's was met. */
  STOP_SEQUENCE,
  /** The limit of tokens was reached. */
  LENGTH,
  /** The model waits for tools. */
  TOOL_CALLS,
  /** The provider's or the gateway's filter stepped in. */
  CONTENT_FILTER,
  /** The model declined. */
  REFUSAL,
  /** The provider paused a long turn, to be sent again as it is. */
  PAUSE
}
