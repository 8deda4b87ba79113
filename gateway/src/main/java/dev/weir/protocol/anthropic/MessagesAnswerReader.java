package dev.weir.protocol.anthropic;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.conversation.AnswerEvent;
import java.util.Optional;

/**
 * Reads an answer of {@code /v1/messages} for a client of the same protocol: every byte passes as it came. Not thread-safe:
 * one attempt's answer.
 */
final class MessagesAnswerReader implements AnswerReader {
  private final MessagesAnswerDecoder decoder = new MessagesAnswerDecoder();
  private boolean content;
  private boolean complete;

  @Override
  public Optional<byte[]> event(byte[] frame) {
    content = false;
    if (complete) {
      return Optional.empty();
    }
    decoder.frame(frame, event -> {
      content = true;
      complete |= event instanceof AnswerEvent.Ended;
    });
    return Optional.of(frame);
  }

  @Override
  public boolean content() {
    return content;
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public byte[] whole(byte[] body) {
    decoder.whole(body, _ -> {});
    return body;
  }

  @Override
  public TokenUsage usage() {
    return decoder.usage();
  }
}
