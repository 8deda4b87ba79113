package dev.weir.upstream;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.EventSink;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.provider.LocalProvider;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.ProviderCall;
import dev.weir.telemetry.RequestTrace;
import java.time.Clock;

/** Answers of providers inside the process, read and checked as those from outside are. Immutable. */
record LocalAnswers(Clock clock) {
  Reply answer(LocalProvider provider, String model, ModelRequest request, RequestTrace trace) {
    var call = call(request, model);
    var reply = provider.answer(call.operation(), model, call.body());
    trace.firstByteAt = System.nanoTime();
    var reader = call.reader();
    return switch (reply) {
      case Reply.Whole whole -> {
        var passed = reader.whole(whole.body());
        Attempt.count(reader, trace);
        yield new Reply.Whole(whole.status(), whole.contentType(), whole.headers(), passed);
      }
      case Reply.Streamed streamed ->
        new Reply.Streamed(streamed.headers(), new Checked(reader, trace).over(streamed.events()));
    };
  }

  /** What is inside the process speaks OpenAI's protocol, and of its conversations chat completions alone. */
  private ProviderCall call(ModelRequest request, String model) {
    var openai = OpenAiTranslator.INSTANCE;
    return request instanceof ConversationRequest conversation
            && request.operation() != Operation.CHAT_COMPLETIONS
        ? openai.translate(conversation, model, clock.instant())
        : openai.call(request, model, clock.instant());
  }

  /** Reads each event on its way, and holds the provider to the protocol. */
  private record Checked(AnswerReader reader, RequestTrace trace)
      implements dev.weir.protocol.EventStage {
    @Override
    public EventSink before(EventSink next) {
      return new EventSink() {
        private boolean failed;

        @Override
        public void event(byte[] frame) {
          if (failed) {
            return;
          }
          try {
            reader.event(frame).ifPresent(next::event);
          } catch (GatewayException invalid) {
            fail(invalid);
          }
        }

        @Override
        public void end() {
          if (failed) {
            return;
          }
          Attempt.count(reader, trace);
          if (reader.complete()) {
            next.end();
          } else {
            next.fail(Failures.invalid("the provider ended before it was complete"));
          }
        }

        @Override
        public void fail(GatewayException failure) {
          if (!failed) {
            failed = true;
            Attempt.count(reader, trace);
            next.fail(failure);
          }
        }
      };
    }
  }
}
