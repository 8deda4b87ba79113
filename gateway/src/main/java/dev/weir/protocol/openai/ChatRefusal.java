package dev.weir.protocol.openai;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.Reply;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A completion in which the assistant declines, for requests that never reached a model. Stateless. Source: OpenAI API
 * reference, "The chat completion object", {@code message.refusal} (read 2026-11-24).
 */
final class ChatRefusal {
  private static final String ID = "chatcmpl-refused";
  private static final String FINISH = "content_filter";
  private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

  private ChatRefusal() {}

  static Reply of(ChatRequest request, String message) {
    return request.stream()
        ? new Reply.Streamed(List.of(), new Events(request.model(), message))
        : new Reply.Whole(200, "application/json", List.of(), whole(request.model(), message));
  }

  private static byte[] whole(String model, String message) {
    var json = start("chat.completion", model).name("message").object();
    json.name("role").value("assistant").name("content").nullValue();
    json.name("refusal").value(message).endObject();
    json.name("logprobs")
        .nullValue()
        .name("finish_reason")
        .value(FINISH)
        .endObject()
        .endArray();
    json.name("usage")
        .object()
        .name("prompt_tokens")
        .value(0L)
        .name("completion_tokens")
        .value(0L);
    return json.name("total_tokens").value(0L).endObject().endObject().bytes();
  }

  private static byte[] chunk(String model, String message, boolean last) {
    var json = start("chat.completion.chunk", model).name("delta").object();
    if (!last) {
      json.name("role").value("assistant").name("refusal").value(message);
    }
    json.endObject().name("logprobs").nullValue().name("finish_reason");
    if (last) {
      json.value(FINISH);
    } else {
      json.nullValue();
    }
    return SseEvent.write(json.endObject().endArray().endObject().bytes());
  }

  private static JsonWriter start(String object, String model) {
    var json = new JsonWriter().object().name("id").value(ID).name("object").value(object);
    json.name("created").value(0L).name("model").value(model);
    return json.name("choices").array().object().name("index").value(0L);
  }

  /** The same as a stream, given at once. */
  private record Events(String model, String message) implements EventSource {
    @Override
    public void start(EventSink sink) {
      sink.event(chunk(model, message, false));
      sink.event(chunk(model, message, true));
      sink.event(DONE);
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
