package dev.weir.provider.cohere;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.conversation.AnswerDecoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.sse.SseEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads an answer of {@code /v2/chat}, whole or streamed. Not thread-safe: one answer. */
final class CohereAnswerDecoder implements AnswerDecoder {
  private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000);

  private final String model;

  /** The call's position among calls, by the index that its events carry. */
  private final Map<Long, Integer> calls = new HashMap<>();

  private TokenUsage usage = TokenUsage.UNKNOWN;

  CohereAnswerDecoder(String model) {
    this.model = model;
  }

  @Override
  public void frame(byte[] frame, Consumer<AnswerEvent> out) {
    var event = SseEvent.read(frame);
    if (!event.hasData()
        || event.dataStart() == event.dataEnd()
        || event.dataStartsWith("[DONE]")) {
      return;
    }
    var data = JsonFields.ofUpstream(event.source(), event.dataStart(), event.dataEnd());
    var message = data.object("delta").flatMap(delta -> delta.object("message"));
    switch (data.text("type").orElse("")) {
      case "message-start" ->
        out.accept(new AnswerEvent.Started(data.text("id").orElse(""), model));
      case "content-start", "content-delta" ->
        message.flatMap(said -> said.object("content")).ifPresent(part -> content(part, out));
      case "tool-plan-delta" -> message.ifPresent(said -> plan(said, out));
      case "tool-call-start" ->
        message.flatMap(said -> said.object("tool_calls")).ifPresent(call -> {
          calls.put(index(data), calls.size());
          call(calls.size() - 1, call, out);
        });
      case "tool-call-delta" ->
        message
            .flatMap(said -> said.object("tool_calls"))
            .ifPresent(call -> arguments(calls.getOrDefault(index(data), 0), call, out));
      case "citation-start" ->
        message
            .flatMap(said -> said.object("citations"))
            .ifPresent(citation -> citation(citation, out));
      case "message-end" -> end(data.requiredObject("delta"), out);
      // the ends of parts, debug, and what the vendor adds
      default -> {}
    }
  }

  @Override
  public void whole(byte[] body, Consumer<AnswerEvent> out) {
    var answer = JsonFields.ofUpstream(body, 0, body.length);
    out.accept(new AnswerEvent.Started(answer.text("id").orElse(""), model));
    var message = answer.requiredObject("message");
    plan(message, out);
    message.objects("content").forEach(part -> content(part, out));
    message.objects("citations").forEach(citation -> citation(citation, out));
    var position = 0;
    for (var call : message.objects("tool_calls")) {
      call(position++, call, out);
    }
    end(answer, out);
  }

  @Override
  public TokenUsage usage() {
    return usage;
  }

  private static long index(JsonFields event) {
    return event.integer("index").orElse(0L);
  }

  private static void content(JsonFields part, Consumer<AnswerEvent> out) {
    part.text("thinking")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.ReasoningDelta(0, text)));
    part.text("text")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.TextDelta(0, text)));
  }

  private static void plan(JsonFields message, Consumer<AnswerEvent> out) {
    message
        .text("tool_plan")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.accept(new AnswerEvent.ReasoningDelta(0, text)));
  }

  private static void call(int position, JsonFields call, Consumer<AnswerEvent> out) {
    out.accept(new AnswerEvent.ToolCallStarted(
        0,
        position,
        call.requiredText("id"),
        call.requiredObject("function").requiredText("name"),
        Optional.empty()));
    arguments(position, call, out);
  }

  private static void arguments(int position, JsonFields call, Consumer<AnswerEvent> out) {
    call.object("function")
        .flatMap(function -> function.text("arguments"))
        .filter(json -> !json.isEmpty())
        .ifPresent(json -> out.accept(new AnswerEvent.ToolArgumentsDelta(0, position, json)));
  }

  private static void citation(JsonFields citation, Consumer<AnswerEvent> out) {
    var document = citation.objects("sources").stream()
        .flatMap(source -> source.object("document").stream())
        .findFirst();
    out.accept(new AnswerEvent.Citation(
        0,
        document.flatMap(source -> source.text("url")),
        document.flatMap(source -> source.text("title")),
        new String(citation.object().bytes(), StandardCharsets.UTF_8)));
  }

  private void end(JsonFields holder, Consumer<AnswerEvent> out) {
    holder.object("usage").ifPresent(this::readUsage);
    out.accept(new AnswerEvent.Finished(
        0, reason(holder.requiredText("finish_reason")), Optional.empty()));
    out.accept(new AnswerEvent.UsageReported(usage));
    out.accept(new AnswerEvent.Ended());
  }

  private static FinishReason reason(String word) {
    return switch (word) {
      case "MAX_TOKENS", "ERROR_LIMIT" -> FinishReason.LENGTH;
      case "STOP_SEQUENCE" -> FinishReason.STOP_SEQUENCE;
      case "TOOL_CALL" -> FinishReason.TOOL_CALLS;
      case "ERROR_TOXIC" -> FinishReason.CONTENT_FILTER;
      case "ERROR" -> throw UpstreamFailures.failedWhileAnswering().detail("ended as ERROR");
      case "TIMEOUT" -> throw UpstreamFailures.timeout().detail("ended as TIMEOUT");
      default -> FinishReason.STOP;
    };
  }

  /** What was read and written, else what is billed of it. */
  private void readUsage(JsonFields counts) {
    counts.object("tokens").or(() -> counts.object("billed_units")).ifPresent(tokens -> {
      var input = count(tokens, "input_tokens");
      var output = count(tokens, "output_tokens");
      if (input >= 0 && output >= 0) {
        usage = new TokenUsage(input, output, Math.max(count(counts, "cached_tokens"), 0), 0);
      }
    });
  }

  private static long count(JsonFields counts, String name) {
    return counts
        .number(name)
        .map(BigDecimal::new)
        .filter(number -> number.signum() >= 0 && number.compareTo(MOST_TOKENS) <= 0)
        .map(BigDecimal::longValue)
        .orElse(-1L);
  }
}
