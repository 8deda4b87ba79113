package dev.weir.provider;

import dev.weir.protocol.FrameSplitter;
import dev.weir.protocol.sse.EventSplitter;
import java.util.function.Supplier;

/**
 * How a provider's streams are cut into frames. Immutable.
 *
 * @param contentType what such a stream is announced as, in lower case and without parameters
 * @param splitter makes one for each stream
 */
public record Framing(String contentType, Supplier<FrameSplitter> splitter) {
  /** Server-sent events. */
  public static final Framing EVENTS = new Framing("text/event-stream", EventSplitter::new);
}
