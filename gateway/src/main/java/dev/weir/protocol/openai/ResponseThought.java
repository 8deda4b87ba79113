package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonWriter;
import java.util.Optional;

/**
 * What the model thinks, as an item of type {@code reasoning}: the thought as its summary, and what the provider needs to know
 * it again as its encrypted content. Not thread-safe.
 */
final class ResponseThought implements ResponseItem {
  private static final String PART = "response.reasoning_summary_part";
  private static final String TEXT = "response.reasoning_summary_text";

  private final ResponseEvents events;
  private final String id;
  private final int index;
  private final StringBuilder text = new StringBuilder();
  private Optional<CarriedThought> carried = Optional.empty();

  ResponseThought(ResponseEvents events, String id, int index) {
    this.events = events;
    this.id = id;
    this.index = index;
    events.item("added", index, item());
  }

  void think(String words) {
    if (text.isEmpty()) {
      part(".added", "");
    }
    text.append(words);
    events.send(TEXT + ".delta", json -> place(json).name("delta").value(words));
  }

  void carry(CarriedThought.Kind kind, String content) {
    carried = Optional.of(new CarriedThought(kind, content));
  }

  @Override
  public byte[] close(String status) {
    if (!text.isEmpty()) {
      var whole = text.toString();
      events.send(TEXT + ".done", json -> place(json).name("text").value(whole));
      part(".done", whole);
    }
    var item = item();
    events.item("done", index, item);
    return item;
  }

  private void part(String step, String words) {
    events.send(PART + step, json -> {
      place(json).name("part");
      summary(json, words);
    });
  }

  private JsonWriter place(JsonWriter json) {
    json.name("item_id").value(id).name("output_index").value(index);
    return json.name("summary_index").value(0);
  }

  private static void summary(JsonWriter json, String words) {
    json.object().name("type").value("summary_text").name("text").value(words).endObject();
  }

  private byte[] item() {
    var json = new JsonWriter().object().name("id").value(id).name("type").value("reasoning");
    json.name("summary").array();
    if (!text.isEmpty()) {
      summary(json, text.toString());
    }
    json.endArray();
    carried.ifPresent(thought -> json.name("encrypted_content").value(thought.written()));
    return json.endObject().bytes();
  }
}
