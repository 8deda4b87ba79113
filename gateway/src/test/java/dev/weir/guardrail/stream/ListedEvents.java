package dev.weir.guardrail.stream;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventSource;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A chat stream that says these pieces, one an event. */
final class ListedEvents implements EventSource {
  private final List<String> pieces;
  boolean cancelled;

  ListedEvents(List<String> pieces) {
    this.pieces = pieces;
  }

  @Override
  public void start(EventSink sink) {
    for (var piece : pieces) {
      sink.event(chunk(piece, false));
    }
    sink.event(chunk("", true));
    sink.event("data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII));
    sink.end();
  }

  static byte[] chunk(String piece, boolean last) {
    var json =
        new JsonWriter().object().name("id").value("c").name("choices").array().object();
    json.name("index").value(0L).name("delta").object();
    if (!last) {
      json.name("content").value(piece);
    }
    json.endObject().name("finish_reason");
    if (last) {
      json.value("stop");
    } else {
      json.nullValue();
    }
    return SseEvent.write(json.endObject().endArray().endObject().bytes());
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {
    cancelled = true;
  }
}
