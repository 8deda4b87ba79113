package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import dev.weir.protocol.sse.SseEvent;
import java.util.Optional;

/**
 * Reads an answer of {@code /v1/responses} for a client of the same protocol: every byte passes as it came. Not thread-safe:
 * one attempt's answer. Source: OpenAI API reference, "Streaming events" of responses (read 2026-11-25).
 */
final class ResponsesAnswerReader implements AnswerReader {
  private final UsageReader usage = new UsageReader();
  private boolean content;
  private boolean complete;

  @Override
  public Optional<byte[]> event(byte[] frame) {
    content = false;
    if (complete) {
      return Optional.empty();
    }
    var event = SseEvent.read(frame);
    if (!event.hasData()) {
      return Optional.of(frame);
    }
    if (event.dataStart() == event.dataEnd() || event.dataStartsWith("[DONE]")) {
      return Optional.empty();
    }
    read(JsonFields.ofUpstream(event.source(), event.dataStart(), event.dataEnd()));
    return Optional.of(frame);
  }

  private void read(JsonFields event) {
    switch (event.text("type").orElse("")) {
      case "response.created", "response.queued", "response.in_progress", "keepalive" -> {}
      case "response.completed", "response.incomplete" -> {
        event.requiredObject("response").value("usage").ifPresent(usage::read);
        content = true;
        complete = true;
      }
      case "response.failed" ->
        throw event
            .requiredObject("response")
            .value("error")
            .map(UpstreamAnswer::failure)
            .orElseGet(() -> UpstreamAnswer.invalid("a response that failed without an error"));
      case "error" -> throw UpstreamAnswer.failure(event.value("error").orElse(event.object()));
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
    var answer = UpstreamAnswer.whole(body);
    var output = answer.find("output");
    if (output == null || !output.is(JsonValue.Type.ARRAY)) {
      throw UpstreamAnswer.invalid("a response without output");
    }
    var reported = RequestFields.present(answer.find("usage"));
    if (reported != null) {
      usage.read(reported);
    }
    return body;
  }

  @Override
  public TokenUsage usage() {
    return usage.usage();
  }
}
