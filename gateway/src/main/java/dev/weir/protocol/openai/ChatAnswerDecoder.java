package dev.weir.protocol.openai;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.conversation.AnswerDecoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.sse.SseEvent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a chat completion, whole or streamed, for a client that speaks another protocol. Not thread-safe: one answer.
 * Source: OpenAI API reference, "The chat completion object" and "The chat completion chunk object" (read 2026-11-24).
 */
public final class ChatAnswerDecoder implements AnswerDecoder {
  private final UsageReader usage = new UsageReader();
  private final Set<Long> startedCalls = new HashSet<>();
  private boolean started;
  private boolean finished;

  @Override
  public void frame(byte[] frame, Consumer<AnswerEvent> out) {
    var event = SseEvent.read(frame);
    if (!event.hasData() || event.dataStart() == event.dataEnd()) {
      return;
    }
    if (event.dataStartsWith("[DONE]")) {
      if (!finished) {
        throw UpstreamAnswer.invalid("the stream was terminated before its answer was finished");
      }
      out.accept(new AnswerEvent.Ended());
      return;
    }
    var chunk = JsonFields.ofUpstream(event.source(), event.dataStart(), event.dataEnd());
    var error = chunk.value("error");
    if (error.isPresent()) {
      throw UpstreamAnswer.failure(error.get());
    }
    start(chunk, out);
    for (var choice : chunk.objects("choices")) {
      choice.object("delta").ifPresent(delta -> message(index(choice), delta, out));
      finish(choice, out);
    }
    readUsage(chunk, out);
  }

  @Override
  public void whole(byte[] body, Consumer<AnswerEvent> out) {
    var answer = JsonFields.ofUpstream(body, 0, body.length);
    var error = answer.value("error");
    if (error.isPresent()) {
      throw UpstreamAnswer.failure(error.get());
    }
    start(answer, out);
    var choices = answer.objects("choices");
    if (choices.isEmpty()) {
      throw UpstreamAnswer.invalid("a completion without choices");
    }
    for (var choice : choices) {
      message(index(choice), choice.requiredObject("message"), out);
      finish(choice, out);
    }
    readUsage(answer, out);
    out.accept(new AnswerEvent.Ended());
  }

  @Override
  public TokenUsage usage() {
    return usage.usage();
  }

  private void start(JsonFields document, Consumer<AnswerEvent> out) {
    if (!started) {
      started = true;
      out.accept(new AnswerEvent.Started(
          document.text("id").orElse(""), document.text("model").orElse("")));
    }
  }

  private static int index(JsonFields choice) {
    return Math.clamp(choice.integer("index").orElse(0L), 0, 127);
  }

  private void message(int choice, JsonFields message, Consumer<AnswerEvent> out) {
    message
        .text("reasoning_content")
        .or(() -> message.text("reasoning"))
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.ReasoningDelta(choice, text)));
    for (var block : message.objects("thinking_blocks")) {
      block
          .text("signature")
          .ifPresent(signature -> out.accept(new AnswerEvent.ReasoningSigned(choice, signature)));
      block
          .text("data")
          .ifPresent(data -> out.accept(new AnswerEvent.SealedReasoning(choice, data)));
    }
    message
        .text("content")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.TextDelta(choice, text)));
    message
        .text("refusal")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.RefusalDelta(choice, text)));
    var position = 0L;
    for (var call : message.objects("tool_calls")) {
      call(choice, call.integer("index").orElse(position), call, out);
      position++;
    }
  }

  private void call(int choice, long index, JsonFields call, Consumer<AnswerEvent> out) {
    var position = Math.clamp(index, 0, 1023);
    var function = call.object("function");
    // some servers repeat id and name in every delta: only the first opens the call
    if (startedCalls.add(choice * 1024L + position)) {
      out.accept(new AnswerEvent.ToolCallStarted(
          choice,
          position,
          call.requiredText("id"),
          function.flatMap(value -> value.text("name")).orElse(""),
          signature(call)));
    }
    function
        .flatMap(value -> value.text("arguments"))
        .filter(json -> !json.isEmpty())
        .ifPresent(json -> out.accept(new AnswerEvent.ToolArgumentsDelta(choice, position, json)));
  }

  private static Optional<String> signature(JsonFields call) {
    return call.object("extra_content")
        .flatMap(extra -> extra.object("google"))
        .flatMap(google -> google.text("thought_signature"));
  }

  private void finish(JsonFields choice, Consumer<AnswerEvent> out) {
    choice.text("finish_reason").filter(word -> !word.isEmpty()).ifPresent(word -> {
      finished = true;
      out.accept(new AnswerEvent.Finished(index(choice), reason(word), Optional.empty()));
    });
  }

  private static FinishReason reason(String word) {
    return switch (word) {
      case "length" -> FinishReason.LENGTH;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.STOP;
    };
  }

  private void readUsage(JsonFields document, Consumer<AnswerEvent> out) {
    document.value("usage").ifPresent(value -> {
      usage.read(value);
      out.accept(new AnswerEvent.UsageReported(usage.usage()));
    });
  }
}
