package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.util.Map;

/** Writes parts of a turn as content blocks. Stateless. */
final class ConverseBlocks {
  private static final Map<String, String> DOCUMENTS = Map.of(
      "application/pdf", "pdf",
      "text/csv", "csv",
      "application/msword", "doc",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
      "application/vnd.ms-excel", "xls",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
      "text/html", "html",
      "text/plain", "txt",
      "text/markdown", "md");

  private ConverseBlocks() {}

  /** Blank texts are refused, and so is a thought without its signature. */
  static boolean sendable(Part part) {
    return switch (part) {
      case Part.Text text -> !text.text().isBlank();
      case Part.Reasoning thought ->
        thought.signature().filter(s -> !s.isBlank()).isPresent();
      default -> true;
    };
  }

  static void write(JsonWriter json, Part part) {
    json.object();
    switch (part) {
      case Part.Text text -> json.name("text").value(text.text());
      case Part.Refusal refusal -> json.name("text").value(refusal.text());
      case Part.Image image -> image(json, image.media());
      case Part.Document document -> document(json, document);
      case Part.Audio _ -> throw unsayable("The provider of this model takes no audio.");
      case Part.Reasoning thought -> {
        json.name("reasoningContent").object().name("reasoningText").object();
        json.name("text").value(thought.text());
        thought.signature().ifPresent(signature -> json.name("signature").value(signature));
        json.endObject().endObject();
      }
      case Part.SealedReasoning sealed ->
        json.name("reasoningContent")
            .object()
            .name("redactedContent")
            .value(sealed.content())
            .endObject();
      case Part.ToolCall call -> {
        json.name("toolUse").object().name("toolUseId").value(call.id());
        json.name("name").value(call.name()).name("input").raw(arguments(call)).endObject();
      }
      case Part.ToolResult result -> result(json, result);
    }
    json.endObject();
    if (part instanceof Part.Text text && text.cacheUntilHere() != Part.CacheMark.NONE) {
      cachePoint(json, text.cacheUntilHere());
    }
  }

  private static void cachePoint(JsonWriter json, Part.CacheMark mark) {
    json.object().name("cachePoint").object().name("type").value("default");
    if (mark == Part.CacheMark.ONE_HOUR) {
      json.name("ttl").value("1h");
    }
    json.endObject().endObject();
  }

  private static byte[] arguments(Part.ToolCall call) {
    if (call.arguments().isBlank()) {
      return new byte[] {'{', '}'};
    }
    var arguments = call.arguments().getBytes(UTF_8);
    try {
      var _ = JsonObject.read(arguments);
      return arguments;
    } catch (GatewayException _) {
      throw unsayable("The arguments of the call of " + call.name()
          + " must be a JSON object: the provider of this model takes nothing else.");
    }
  }

  private static void result(JsonWriter json, Part.ToolResult result) {
    json.name("toolResult").object().name("toolUseId").value(result.callId());
    json.name("content").array();
    for (var part : result.content()) {
      if (sendable(part)) {
        write(json, part);
      }
    }
    json.endArray();
    if (result.outcome() == Part.Outcome.FAILURE) {
      json.name("status").value("error");
    }
    json.endObject();
  }

  private static void image(JsonWriter json, Media media) {
    var inline = inline(media);
    if (!inline.mediaType().startsWith("image/")) {
      throw unsayable("An image must be of a type image/….");
    }
    json.name("image").object().name("format");
    json.value(inline.mediaType().substring("image/".length()).replace("jpg", "jpeg"));
    source(json, inline);
  }

  private static void document(JsonWriter json, Part.Document document) {
    var inline = inline(document.media());
    var format = DOCUMENTS.get(inline.mediaType());
    if (format == null) {
      throw unsayable("The provider of this model takes no files of the type "
          + inline.mediaType().replaceAll("[^a-z0-9/+.-]", "") + ".");
    }
    json.name("document").object().name("format").value(format);
    json.name("name").value(plain(document.fileName().orElse("document")));
    source(json, inline);
  }

  /** Letters, digits, spaces, hyphens and brackets are what a name may hold. */
  private static String plain(String name) {
    var plain = name.replaceAll("[^A-Za-z0-9()\\[\\]-]+", " ").strip();
    return plain.isEmpty() ? "document" : plain.substring(0, Math.min(200, plain.length()));
  }

  private static void source(JsonWriter json, Media.Inline inline) {
    json.name("source")
        .object()
        .name("bytes")
        .value(inline.base64())
        .endObject()
        .endObject();
  }

  private static Media.Inline inline(Media media) {
    return switch (media) {
      case Media.Inline inline -> inline;
      case Media.Address _, Media.Uploaded _ ->
        throw unsayable(
            "Images and files must be in the request: the provider of this model fetches none.");
    };
  }

  private static GatewayException unsayable(String message) {
    return GatewayException.of(ErrorCode.INVALID_VALUE, message).param("messages");
  }
}
