package dev.weir.protocol.anthropic;

import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** The content blocks and deltas of an answer. Stateless. */
final class Blocks {
  private Blocks() {}

  static void emptyText(JsonWriter json) {
    text(json, "");
  }

  static void text(JsonWriter json, String text) {
    json.object().name("type").value("text").name("text").value(text).endObject();
  }

  static void emptyThinking(JsonWriter json) {
    thinking(json, "", "");
  }

  static void thinking(JsonWriter json, String text, String signature) {
    json.object().name("type").value("thinking").name("thinking").value(text);
    json.name("signature").value(signature).endObject();
  }

  static void sealed(JsonWriter json, String content) {
    json.object()
        .name("type")
        .value("redacted_thinking")
        .name("data")
        .value(content)
        .endObject();
  }

  static void toolUse(JsonWriter json, AnswerEvent.ToolCallStarted call, String input) {
    json.object().name("type").value("tool_use").name("id").value(call.id());
    json.name("name").value(call.name());
    json.name("input").raw(input.getBytes(StandardCharsets.UTF_8)).endObject();
  }

  static byte[] textDelta(String text) {
    return delta("text_delta", "text", text);
  }

  static byte[] thinkingDelta(String text) {
    return delta("thinking_delta", "thinking", text);
  }

  static byte[] signatureDelta(String signature) {
    return delta("signature_delta", "signature", signature);
  }

  static byte[] inputDelta(String json) {
    return delta("input_json_delta", "partial_json", json);
  }

  private static byte[] delta(String type, String name, String value) {
    return new JsonWriter()
        .object()
        .name("type")
        .value(type)
        .name(name)
        .value(value)
        .endObject()
        .bytes();
  }
}
