package dev.weir.provider.bedrock;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.conversation.AnswerDecoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads an answer of Converse or the messages of ConverseStream. Not thread-safe: one answer. */
final class ConverseAnswerDecoder implements AnswerDecoder {
  private static final long MOST_TOKENS = 1_000_000_000;

  private final String id;
  private final String model;

  /** The call's position among calls, by the block's position among blocks. */
  private final Map<Long, Integer> calls = new HashMap<>();

  private boolean finished;
  private boolean ended;
  private TokenUsage usage = TokenUsage.UNKNOWN;

  ConverseAnswerDecoder(String id, String model) {
    this.id = id;
    this.model = model;
  }

  @Override
  public void frame(byte[] frame, Consumer<AnswerEvent> out) {
    var message = EventStreamMessage.read(frame);
    switch (message.header(":message-type")) {
      case "event" -> event(message.header(":event-type"), message, out);
      case "exception" -> throw exception(message.header(":exception-type"), message);
      case "error" -> throw exception(message.header(":error-code"), message);
      default -> throw UpstreamFailures.invalidAnswer().detail("a message of no known type");
    }
  }

  private void event(String type, EventStreamMessage message, Consumer<AnswerEvent> out) {
    var event = JsonFields.ofUpstream(message.frame(), message.from(), message.to());
    switch (type) {
      case "messageStart" -> out.accept(new AnswerEvent.Started(id, model));
      case "contentBlockStart" ->
        event
            .object("start")
            .flatMap(start -> start.object("toolUse"))
            .ifPresent(call -> callStarted(position(event), call, out));
      case "contentBlockDelta" -> delta(position(event), event.requiredObject("delta"), out);
      case "messageStop" -> finish(event, out);
      case "metadata" -> {
        event.object("usage").ifPresent(this::readUsage);
        end(out);
      }
      // contentBlockStop, and what the vendor adds
      default -> {}
    }
  }

  /** The usage, which comes last, may be missing. */
  @Override
  public void end(Consumer<AnswerEvent> out) {
    if (finished && !ended) {
      ended = true;
      out.accept(new AnswerEvent.UsageReported(usage));
      out.accept(new AnswerEvent.Ended());
    }
  }

  @Override
  public void whole(byte[] body, Consumer<AnswerEvent> out) {
    var answer = JsonFields.ofUpstream(body, 0, body.length);
    out.accept(new AnswerEvent.Started(id, model));
    var content = answer.requiredObject("output").requiredObject("message").objects("content");
    for (var position = 0; position < content.size(); position++) {
      block(position, content.get(position), out);
    }
    answer.object("usage").ifPresent(this::readUsage);
    finish(answer, out);
    end(out);
  }

  @Override
  public TokenUsage usage() {
    return usage;
  }

  private static long position(JsonFields event) {
    return event.integer("contentBlockIndex").orElse(0L);
  }

  private void callStarted(long position, JsonFields call, Consumer<AnswerEvent> out) {
    calls.put(position, calls.size());
    out.accept(new AnswerEvent.ToolCallStarted(
        0,
        calls.size() - 1,
        call.requiredText("toolUseId"),
        call.requiredText("name"),
        Optional.empty()));
  }

  private void delta(long position, JsonFields delta, Consumer<AnswerEvent> out) {
    text(delta, out);
    delta.object("toolUse").flatMap(call -> call.text("input")).ifPresent(json -> {
      var call = calls.get(position);
      if (call != null && !json.isEmpty()) {
        out.accept(new AnswerEvent.ToolArgumentsDelta(0, call, json));
      }
    });
    delta.object("reasoningContent").ifPresent(thought -> {
      reasoning(thought, out);
      sealed(thought, out);
    });
    delta.object("citation").ifPresent(citation -> citation(citation, out));
  }

  private void block(long position, JsonFields block, Consumer<AnswerEvent> out) {
    text(block, out);
    block.object("toolUse").ifPresent(call -> {
      callStarted(position, call, out);
      call.object("input")
          .filter(input -> !input.object().isEmpty())
          .ifPresent(input -> out.accept(
              new AnswerEvent.ToolArgumentsDelta(0, calls.getOrDefault(position, 0), text(input))));
    });
    block.object("reasoningContent").ifPresent(thought -> {
      thought.object("reasoningText").ifPresent(text -> reasoning(text, out));
      sealed(thought, out);
    });
    block.object("citationsContent").ifPresent(cited -> {
      cited.objects("content").forEach(part -> text(part, out));
      cited.objects("citations").forEach(citation -> citation(citation, out));
    });
  }

  private static String text(JsonFields object) {
    return new String(object.object().bytes(), StandardCharsets.UTF_8);
  }

  private static void text(JsonFields holder, Consumer<AnswerEvent> out) {
    holder
        .text("text")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.TextDelta(0, text)));
  }

  private static void reasoning(JsonFields thought, Consumer<AnswerEvent> out) {
    thought
        .text("text")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.ReasoningDelta(0, text)));
    thought
        .text("signature")
        .filter(text -> !text.isEmpty())
        .ifPresent(signature -> out.accept(new AnswerEvent.ReasoningSigned(0, signature)));
  }

  private static void sealed(JsonFields thought, Consumer<AnswerEvent> out) {
    thought
        .text("redactedContent")
        .ifPresent(content -> out.accept(new AnswerEvent.SealedReasoning(0, content)));
  }

  private static void citation(JsonFields citation, Consumer<AnswerEvent> out) {
    var url = citation
        .object("location")
        .flatMap(location -> location.object("web"))
        .flatMap(web -> web.text("url"));
    out.accept(new AnswerEvent.Citation(0, url, citation.text("title"), text(citation)));
  }

  private void finish(JsonFields holder, Consumer<AnswerEvent> out) {
    finished = true;
    out.accept(
        new AnswerEvent.Finished(0, reason(holder.requiredText("stopReason")), Optional.empty()));
  }

  private static FinishReason reason(String word) {
    return switch (word) {
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
      case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
      case "malformed_model_output", "malformed_tool_use" ->
        throw UpstreamFailures.invalidAnswer().detail("ended as " + word);
      default -> FinishReason.STOP;
    };
  }

  private void readUsage(JsonFields counts) {
    var input = count(counts, "inputTokens", -1);
    var output = count(counts, "outputTokens", -1);
    if (input >= 0 && output >= 0) {
      var read = count(counts, "cacheReadInputTokens", 0);
      var written = count(counts, "cacheWriteInputTokens", 0);
      usage = new TokenUsage(input + read + written, output, read, 0, written, 0, 0);
    }
  }

  private static long count(JsonFields counts, String name, long otherwise) {
    var number = counts.value(name).map(value -> value.asLong().orElse(-1)).orElse(-1L);
    return number >= 0 && number <= MOST_TOKENS ? number : otherwise;
  }

  private static RuntimeException exception(String type, EventStreamMessage message) {
    var status = switch (type) {
      case "validationException" -> 400;
      case "accessDeniedException" -> 403;
      case "throttlingException" -> 429;
      case "modelTimeoutException" -> 408;
      case "serviceUnavailableException" -> 503;
      default -> 500;
    };
    var text = new String(
        message.frame(), message.from(), message.to() - message.from(), StandardCharsets.UTF_8);
    var told = dev.weir.protocol.openai.UpstreamError.read(text.getBytes(StandardCharsets.UTF_8));
    return UpstreamFailures.ofStatus(status).detail(type + ": " + told.forTheLog());
  }
}
