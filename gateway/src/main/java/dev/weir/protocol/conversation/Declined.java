package dev.weir.protocol.conversation;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.Reply;
import dev.weir.protocol.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer in which the model declines, in the client's own protocol, to a request that never reached one. Stateless. */
final class Declined {
  private Declined() {}

  static Reply to(ConversationRequest request, String message) {
    var steps = List.of(
        new AnswerEvent.Started("refused", request.model()),
        new AnswerEvent.RefusalDelta(0, message),
        new AnswerEvent.Finished(0, FinishReason.CONTENT_FILTER, Optional.empty()),
        new AnswerEvent.UsageReported(new TokenUsage(0, 0, 0, 0)),
        new AnswerEvent.Ended());
    var encoder = request.encoder(Instant.EPOCH);
    if (request.stream()) {
      var frames = new ArrayList<byte[]>();
      steps.forEach(step -> encoder.event(step, frames::add));
      return new Reply.Streamed(List.of(), new Events(frames));
    }
    steps.forEach(encoder::collect);
    return new Reply.Whole(200, "application/json", List.of(), encoder.whole());
  }

  /** A stream that is given at once. */
  private record Events(List<byte[]> frames) implements EventSource {
    @Override
    public void start(EventSink sink) {
      frames.forEach(sink::event);
      sink.end();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}
  }
}
