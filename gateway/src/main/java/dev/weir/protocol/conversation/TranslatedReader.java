package dev.weir.protocol.conversation;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a provider's answer in its protocol, and hands it on in the client's. Not thread-safe: one attempt's answer. */
public final class TranslatedReader implements AnswerReader {
  private final AnswerDecoder decoder;
  private final AnswerEncoder encoder;
  private final int choices;
  private int finished;
  private boolean content;
  private boolean complete;

  /**
   * @param choices how many answers must have finished before the stream may end
   */
  public TranslatedReader(AnswerDecoder decoder, AnswerEncoder encoder, int choices) {
    this.decoder = decoder;
    this.encoder = encoder;
    this.choices = choices;
  }

  @Override
  public Optional<byte[]> event(byte[] frame) {
    content = false;
    if (complete) {
      return Optional.empty();
    }
    return written(frame.length + 128, out -> decoder.frame(frame, out));
  }

  @Override
  public Optional<byte[]> end() {
    return complete ? Optional.empty() : written(128, decoder::end);
  }

  private Optional<byte[]> written(int room, Consumer<Consumer<AnswerEvent>> step) {
    var out = new ByteArrayOutputStream(room);
    step.accept(event -> {
      note(event);
      encoder.event(event, out::writeBytes);
    });
    return out.size() == 0 ? Optional.empty() : Optional.of(out.toByteArray());
  }

  private void note(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Finished _ -> {
        finished++;
        content = true;
      }
      case AnswerEvent.Ended _ -> {
        if (finished < choices) {
          throw dev.weir.protocol.UpstreamFailures.invalidAnswer()
              .detail("the stream ended with " + finished + " of " + choices + " choices finished");
        }
        complete = true;
        content = true;
      }
      case AnswerEvent.UsageReported _ -> {}
      default -> content = true;
    }
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
    Consumer<AnswerEvent> collect = encoder::collect;
    decoder.whole(body, collect);
    return encoder.whole();
  }

  @Override
  public TokenUsage usage() {
    return decoder.usage();
  }
}
