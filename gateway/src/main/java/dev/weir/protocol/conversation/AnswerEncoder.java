package dev.weir.protocol.conversation;

import java.util.function.Consumer;

/** Writes one answer in a client's protocol. Not thread-safe: the events of one answer, one after the other. */
public interface AnswerEncoder {
  /** Writes what this step is in the client's protocol: none, one or several server-sent events, each whole. */
  void event(AnswerEvent event, Consumer<byte[]> frames);

  /** Takes a step of a whole answer. */
  void collect(AnswerEvent event);

  /** The whole answer, after {@link AnswerEvent.Ended} was collected. */
  byte[] whole();
}
