package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model says, as an item of type {@code message}: a part of text, and one of refusal. Not thread-safe. */
final class ResponseMessage implements ResponseItem {
  private final ResponseEvents events;
  private final String id;
  private final int index;
  private final List<byte[]> parts = new ArrayList<>();
  private final List<byte[]> annotations = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Kind open;

  /** What a part holds. */
  enum Kind {
    TEXT("output_text", "text"),
    REFUSAL("refusal", "refusal");

    private final String type;
    private final String member;

    Kind(String type, String member) {
      this.type = type;
      this.member = member;
    }
  }

  ResponseMessage(ResponseEvents events, String id, int index) {
    this.events = events;
    this.id = id;
    this.index = index;
    events.item("added", index, item("in_progress"));
  }

  void say(Kind kind, String words) {
    if (open != kind) {
      closePart();
      open = kind;
      part("response.content_part.added", kind);
    }
    text.append(words);
    events.send("response." + kind.type + ".delta", json -> {
      place(json).name("delta").value(words);
      logprobs(json, kind);
    });
  }

  /** Names a source of the text so far; one without an address has no form here. */
  void cite(AnswerEvent.Citation citation) {
    if (open == null) {
      say(Kind.TEXT, "");
    }
    citation.url().ifPresent(url -> {
      var json = new JsonWriter().object().name("type").value("url_citation");
      json.name("url").value(url).name("title").value(citation.title().orElse(url));
      json.name("start_index").value(0).name("end_index").value(text.length());
      var annotation = json.endObject().bytes();
      events.send(
          "response.output_text.annotation.added",
          event -> place(event)
              .name("annotation_index")
              .value(annotations.size())
              .name("annotation")
              .raw(annotation));
      annotations.add(annotation);
    });
  }

  private void closePart() {
    var kind = open;
    if (kind == null) {
      return;
    }
    events.send("response." + kind.type + ".done", json -> {
      place(json).name(kind.member).value(text.toString());
      logprobs(json, kind);
    });
    part("response.content_part.done", kind);
    parts.add(part(kind));
    text.setLength(0);
    annotations.clear();
    open = null;
  }

  @Override
  public byte[] close(String status) {
    closePart();
    var item = item(status);
    events.item("done", index, item);
    return item;
  }

  private void part(String event, Kind kind) {
    events.send(event, json -> place(json).name("part").raw(part(kind)));
  }

  private JsonWriter place(JsonWriter json) {
    json.name("item_id").value(id).name("output_index").value(index);
    return json.name("content_index").value(parts.size());
  }

  private static void logprobs(JsonWriter json, Kind kind) {
    if (kind == Kind.TEXT) {
      json.name("logprobs").array().endArray();
    }
  }

  private byte[] part(Kind kind) {
    var json = new JsonWriter().object().name("type").value(kind.type);
    json.name(kind.member).value(text.toString());
    if (kind == Kind.TEXT) {
      json.name("annotations").array();
      annotations.forEach(json::raw);
      json.endArray();
      logprobs(json, kind);
    }
    return json.endObject().bytes();
  }

  private byte[] item(String status) {
    var json = new JsonWriter().object().name("id").value(id).name("type").value("message");
    json.name("status").value(status).name("role").value("assistant");
    json.name("content").array();
    parts.forEach(json::raw);
    return json.endArray().endObject().bytes();
  }
}
