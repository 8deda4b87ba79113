package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Numbers and writes the events of one response's stream; nothing while it is made whole. Not thread-safe. */
final class ResponseEvents {
  private @Nullable Consumer<byte[]> frames;
  private long sequence;

  /** Where events go from now on. */
  void to(Consumer<byte[]> frames) {
    this.frames = frames;
  }

  void send(String type, Consumer<JsonWriter> members) {
    var open = frames;
    if (open != null) {
      var json = new JsonWriter().object().name("type").value(type);
      json.name("sequence_number").value(sequence++);
      members.accept(json);
      open.accept(SseEvent.write(type, json.endObject().bytes()));
    }
  }

  /** An event that shows a whole item: {@code response.output_item.added} or {@code .done}. */
  void item(String step, int index, byte[] item) {
    send(
        "response.output_item." + step,
        json -> json.name("output_index").value(index).name("item").raw(item));
  }
}
