package dev.weir.guardrail.stream;

import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.util.List;
import java.util.Set;

/** Writes chunks of our own into a stream, each like the one that came before it. Stateless. */
final class ChatChunks {
  /** What names a chunk; all else may say something. */
  private static final Set<String> HEAD =
      Set.of("id", "object", "created", "model", "system_fingerprint", "service_tier");

  private ChatChunks() {}

  /** A chunk that adds a text at a path of a choice, and nothing else. */
  static byte[] adding(JsonObject like, long choice, List<Object> path, String text) {
    var json = start(like, choice);
    boolean inDelta = path.getFirst().equals("delta");
    if (!inDelta) {
      json.name("delta").object().endObject();
    }
    nested(json, path, 0, text);
    return end(json.name("finish_reason").nullValue());
  }

  /** A chunk that ends a choice. */
  static byte[] finishing(JsonObject like, long choice, String reason) {
    var json = start(like, choice);
    json.name("delta").object().endObject();
    return end(json.name("finish_reason").value(reason));
  }

  private static JsonWriter start(JsonObject like, long choice) {
    var json = new JsonWriter().object();
    for (int i = 0; i < like.size(); i++) {
      var member = like.member(i);
      var name = member.name();
      if (HEAD.contains(name)) {
        json.name(name).raw(member.value().bytes());
      }
    }
    return json.name("choices").array().object().name("index").value(choice);
  }

  private static byte[] end(JsonWriter json) {
    return SseEvent.write(json.endObject().endArray().endObject().bytes());
  }

  private static void nested(JsonWriter json, List<Object> path, int at, String text) {
    json.name(String.valueOf(path.get(at)));
    rest(json, path, at + 1, text);
  }

  private static void rest(JsonWriter json, List<Object> path, int at, String text) {
    if (at == path.size()) {
      json.value(text);
    } else if (path.get(at) instanceof Long place) {
      json.array().object().name("index").value(place.longValue());
      if (at + 1 < path.size()) {
        nested(json, path, at + 1, text);
      }
      json.endObject().endArray();
    } else {
      json.object();
      nested(json, path, at, text);
      json.endObject();
    }
  }
}
