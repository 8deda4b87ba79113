package dev.weir.guardrail.stream;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client makes of a stream. */
final class GatheredText implements EventSink {
  private final StringBuilder content = new StringBuilder();
  final StringBuilder arguments = new StringBuilder();
  final List<String> frames = new ArrayList<>();
  String finish = "";
  boolean ended;

  @Override
  public void event(byte[] frame) {
    frames.add(new String(frame, StandardCharsets.UTF_8));
    var event = SseEvent.read(frame);
    if (!event.hasData() || event.dataStartsWith("[DONE]")) {
      return;
    }
    var choices = need(JsonObject.read(event.data()).find("choices"));
    for (var choice : choices.elements()) {
      var delta = need(choice.find("delta"));
      var text = delta.find("content");
      if (text != null && !text.isNull()) {
        content.append(text.asString());
      }
      var calls = delta.find("tool_calls");
      if (calls != null) {
        for (var call : calls.elements()) {
          arguments.append(need(need(call.find("function")).find("arguments")).asString());
        }
      }
      var reason = choice.find("finish_reason");
      if (reason != null && !reason.isNull()) {
        finish = reason.asString();
      }
    }
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void fail(GatewayException failure) {
    throw failure;
  }

  static JsonValue need(@Nullable JsonValue value) {
    return Objects.requireNonNull(value);
  }

  String content() {
    return content.toString();
  }
}
