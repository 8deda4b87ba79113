package dev.weir.protocol.anthropic;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Writes parts of a turn as content blocks. Stateless. */
final class ContentBlocks {
  private ContentBlocks() {}

  static void write(JsonWriter json, Part part) {
    json.object();
    switch (part) {
      case Part.Text text -> {
        json.name("type").value("text").name("text").value(text.text());
        cacheMark(json, text.cacheUntilHere());
      }
      case Part.Refusal refusal ->
        json.name("type").value("text").name("text").value(refusal.text());
      case Part.Image image -> media(json, "image", image.media());
      case Part.Document document -> {
        media(json, "document", document.media());
        document.fileName().ifPresent(name -> json.name("title").value(name));
      }
      case Part.Audio _ ->
        throw GatewayException.of(
                ErrorCode.INVALID_VALUE, "The provider of this model takes no audio.")
            .param("messages");
      case Part.Reasoning reasoning -> {
        json.name("type").value("thinking").name("thinking").value(reasoning.text());
        reasoning.signature().ifPresent(signature -> json.name("signature").value(signature));
      }
      case Part.SealedReasoning sealed ->
        json.name("type").value("redacted_thinking").name("data").value(sealed.content());
      case Part.ToolCall call -> {
        json.name("type").value("tool_use").name("id").value(call.id());
        json.name("name").value(call.name()).name("input").raw(arguments(call));
      }
      case Part.ToolResult result -> result(json, result);
    }
    json.endObject();
  }

  private static void cacheMark(JsonWriter json, Part.CacheMark mark) {
    if (mark == Part.CacheMark.NONE) {
      return;
    }
    json.name("cache_control").object().name("type").value("ephemeral");
    if (mark == Part.CacheMark.ONE_HOUR) {
      json.name("ttl").value("1h");
    }
    json.endObject();
  }

  private static byte[] arguments(Part.ToolCall call) {
    return call.arguments().isBlank()
        ? new byte[] {'{', '}'}
        : ToolInput.checked(call.arguments().getBytes(StandardCharsets.UTF_8), call.name());
  }

  private static void result(JsonWriter json, Part.ToolResult result) {
    json.name("type").value("tool_result").name("tool_use_id").value(result.callId());
    json.name("content").array();
    for (var part : result.content()) {
      if (!(part instanceof Part.Text text && text.text().isEmpty())) {
        write(json, part);
      }
    }
    json.endArray();
    if (result.outcome() == Part.Outcome.FAILURE) {
      json.name("is_error").value(true);
    }
  }

  private static void media(JsonWriter json, String type, Media media) {
    json.name("type").value(type).name("source").object().name("type");
    switch (media) {
      case Media.Inline(var mediaType, var base64) ->
        json.value("base64").name("media_type").value(mediaType).name("data").value(base64);
      case Media.Address(var url) -> json.value("url").name("url").value(url);
      case Media.Uploaded(var id) -> json.value("file").name("file_id").value(id);
    }
    json.endObject();
  }
}
