package dev.weir.protocol;

/** Where a stream's events go. Exactly one of {@link #end} and {@link #fail} is called, last. */
public interface EventSink {
  /** One complete event, its blank line included, as bytes that the sink may keep. */
  void event(byte[] frame);

  /** The stream is complete: finish reason and terminator have been seen, and forwarded as events. */
  void end();

  /** The stream broke: the client gets one error event and no terminator. */
  void fail(GatewayException failure);
}
