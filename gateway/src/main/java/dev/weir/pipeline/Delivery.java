package dev.weir.pipeline;

/** How the relay of an answer ended. */
public enum Delivery {
  /** Every byte was handed to the client's connection. */
  COMPLETE,
  /** The upstream broke after the first byte; the client got an error event and no terminator. */
  BROKEN,
  /** The client closed its connection; the upstream was cancelled. */
  CLIENT_LEFT
}
