package dev.weir.protocol.anthropic;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.conversation.AnswerDecoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads an answer of {@code /v1/messages}, whole or streamed. Not thread-safe: one answer. Source: Anthropic API reference,
 * "Create a message" and "Streaming messages" (read 2026-11-24).
 */
public final class MessagesAnswerDecoder implements AnswerDecoder {
  private final MessagesUsage usage = new MessagesUsage();

  /** The call's position among calls, by the block's position among blocks. */
  private final Map<Long, Integer> calls = new HashMap<>();

  private boolean finished;

  @Override
  public void frame(byte[] frame, Consumer<AnswerEvent> out) {
    var event = SseEvent.read(frame);
    if (!event.hasData() || event.dataStart() == event.dataEnd()) {
      return;
    }
    var data = JsonFields.ofUpstream(event.source(), event.dataStart(), event.dataEnd());
    switch (data.text("type").orElse("")) {
      case "message_start" -> started(data.requiredObject("message"), out);
      case "content_block_start" ->
        blockStarted(position(data), data.requiredObject("content_block"), out);
      case "content_block_delta" -> delta(position(data), data.requiredObject("delta"), out);
      case "message_delta" -> messageDelta(data, out);
      case "message_stop" -> stopped(out);
      case "error" -> throw MessagesErrors.inStream(data);
      // ping, content_block_stop, and what the vendor adds: unknown events are to be passed over
      default -> {}
    }
  }

  @Override
  public void whole(byte[] body, Consumer<AnswerEvent> out) {
    var message = JsonFields.ofUpstream(body, 0, body.length);
    if (message.text("type").filter("error"::equals).isPresent()) {
      throw MessagesErrors.inStream(message);
    }
    started(message, out);
    var position = 0L;
    for (var block : message.objects("content")) {
      wholeBlock(position++, block, out);
    }
    finish(message, out);
    out.accept(new AnswerEvent.UsageReported(usage.usage()));
    out.accept(new AnswerEvent.Ended());
  }

  @Override
  public TokenUsage usage() {
    return usage.usage();
  }

  private static long position(JsonFields data) {
    return data.integer("index").orElseThrow(() -> data.missing("index"));
  }

  private void started(JsonFields message, Consumer<AnswerEvent> out) {
    message.object("usage").ifPresent(usage::read);
    out.accept(new AnswerEvent.Started(
        message.requiredText("id"), message.text("model").orElse("")));
  }

  private void blockStarted(long position, JsonFields block, Consumer<AnswerEvent> out) {
    switch (block.text("type").orElse("")) {
      case "text" -> text(block, out);
      case "thinking" ->
        block
            .text("thinking")
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> out.accept(new AnswerEvent.ReasoningDelta(0, text)));
      case "redacted_thinking" ->
        out.accept(new AnswerEvent.SealedReasoning(0, block.requiredText("data")));
      case "tool_use" -> {
        calls.put(position, calls.size());
        out.accept(new AnswerEvent.ToolCallStarted(
            0,
            calls.size() - 1,
            block.requiredText("id"),
            block.requiredText("name"),
            Optional.empty()));
      }
      // blocks of the vendor's own server tools say nothing that another protocol could carry
      default -> {}
    }
  }

  private void wholeBlock(long position, JsonFields block, Consumer<AnswerEvent> out) {
    blockStarted(position, block, out);
    var type = block.text("type").orElse("");
    if (type.equals("thinking")) {
      block
          .text("signature")
          .ifPresent(signature -> out.accept(new AnswerEvent.ReasoningSigned(0, signature)));
    } else if (type.equals("tool_use")) {
      var input = block.requiredObject("input").object().bytes();
      out.accept(new AnswerEvent.ToolArgumentsDelta(
          0, calls.getOrDefault(position, 0), new String(input, StandardCharsets.UTF_8)));
    }
  }

  private static void text(JsonFields block, Consumer<AnswerEvent> out) {
    block
        .text("text")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.TextDelta(0, text)));
    block.objects("citations").forEach(citation -> out.accept(citation(citation)));
  }

  private static AnswerEvent citation(JsonFields citation) {
    return new AnswerEvent.Citation(
        0,
        citation.text("url"),
        citation.text("title").or(() -> citation.text("document_title")),
        new String(citation.object().bytes(), StandardCharsets.UTF_8));
  }

  private void delta(long position, JsonFields delta, Consumer<AnswerEvent> out) {
    switch (delta.text("type").orElse("")) {
      case "text_delta" -> out.accept(new AnswerEvent.TextDelta(0, delta.requiredText("text")));
      case "input_json_delta" -> {
        var call = calls.get(position);
        var json = delta.text("partial_json").orElse("");
        if (call != null && !json.isEmpty()) {
          out.accept(new AnswerEvent.ToolArgumentsDelta(0, call, json));
        }
      }
      case "thinking_delta" ->
        out.accept(new AnswerEvent.ReasoningDelta(0, delta.requiredText("thinking")));
      case "signature_delta" ->
        out.accept(new AnswerEvent.ReasoningSigned(0, delta.requiredText("signature")));
      case "citations_delta" -> out.accept(citation(delta.requiredObject("citation")));
      default -> {}
    }
  }

  private void messageDelta(JsonFields data, Consumer<AnswerEvent> out) {
    data.object("usage").ifPresent(usage::read);
    out.accept(new AnswerEvent.UsageReported(usage.usage()));
    data.object("delta")
        .filter(delta -> delta.value("stop_reason").isPresent())
        .ifPresent(delta -> finish(delta, out));
  }

  private void finish(JsonFields holder, Consumer<AnswerEvent> out) {
    finished = true;
    out.accept(new AnswerEvent.Finished(
        0, reason(holder.requiredText("stop_reason")), holder.text("stop_sequence")));
  }

  private void stopped(Consumer<AnswerEvent> out) {
    if (!finished) {
      throw UpstreamFailures.invalidAnswer().detail("message_stop without a stop_reason");
    }
    out.accept(new AnswerEvent.Ended());
  }

  private static FinishReason reason(String word) {
    return switch (word) {
      case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "refusal" -> FinishReason.REFUSAL;
      case "pause_turn" -> FinishReason.PAUSE;
      default -> FinishReason.STOP;
    };
  }
}
