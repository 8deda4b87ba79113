package dev.weir.guardrail.stream;

import dev.weir.protocol.GatewayException;
import java.util.Optional;
import java.util.function.Consumer;

/** An answer's events under guardrails, in one protocol's words. Not thread-safe: one stream. */
interface AnswerStream {
  /** Takes one event and hands on what may go out for it; once it stopped, that is the end in the client's dialect. */
  void event(byte[] frame, Consumer<byte[]> out);

  /** Why the stream had to stop; empty while it may go on. */
  Optional<GatewayException> stop();
}
