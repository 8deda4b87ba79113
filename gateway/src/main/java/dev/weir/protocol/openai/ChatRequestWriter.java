package dev.weir.protocol.openai;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.Settings;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a conversation as a chat completion request. Stateless. Source: OpenAI API reference, "Create chat completion"
 * (read 2026-11-24).
 */
public final class ChatRequestWriter {
  private ChatRequestWriter() {}

  /** The request's document; a stream's usage is always asked for. */
  public static byte[] write(Conversation conversation, String model) {
    var json =
        new JsonWriter().object().name("model").value(model).name("messages").array();
    conversation.turns().forEach(turn -> turn(json, turn));
    json.endArray();
    tools(json, conversation);
    format(json, conversation.format());
    settings(json, conversation.settings());
    if (conversation.delivery() == Conversation.Delivery.STREAM) {
      json.name("stream").value(true);
      json.name("stream_options").object().name("include_usage").value(true).endObject();
    }
    return json.endObject().bytes();
  }

  private static void turn(JsonWriter json, Turn turn) {
    // a tool's result is a message of its own here, wherever the client's protocol keeps it
    for (var part : turn.parts()) {
      if (part instanceof Part.ToolResult result) {
        toolResult(json, result);
      }
    }
    var rest =
        turn.parts().stream().filter(part -> !(part instanceof Part.ToolResult)).toList();
    if (rest.isEmpty()) {
      return;
    }
    json.object().name("role").value(role(turn.role()));
    turn.name().ifPresent(name -> json.name("name").value(name));
    if (turn.role() == Role.ASSISTANT) {
      assistant(json, rest);
    } else {
      json.name("content");
      content(json, rest);
    }
    json.endObject();
  }

  private static String role(Role role) {
    return switch (role) {
      case SYSTEM -> "system";
      case DEVELOPER -> "developer";
      case USER, TOOL -> "user";
      case ASSISTANT -> "assistant";
    };
  }

  private static void toolResult(JsonWriter json, Part.ToolResult result) {
    json.object().name("role").value("tool").name("tool_call_id").value(result.callId());
    json.name("content").value(text(result.content())).endObject();
  }

  private static String text(List<Part> parts) {
    var text = new StringBuilder();
    for (var part : parts) {
      switch (part) {
        case Part.Text(var said, var _) -> text.append(said);
        case Part.Image _ -> text.append("[image]");
        case Part.Document _ -> text.append("[document]");
        default -> {}
      }
    }
    return text.toString();
  }

  private static void assistant(JsonWriter json, List<Part> parts) {
    var text = text(parts.stream().filter(Part.Text.class::isInstance).toList());
    var calls = parts.stream()
        .filter(Part.ToolCall.class::isInstance)
        .map(Part.ToolCall.class::cast)
        .toList();
    json.name("content");
    if (text.isEmpty() && !calls.isEmpty()) {
      json.nullValue();
    } else {
      json.value(text);
    }
    for (var part : parts) {
      if (part instanceof Part.Refusal(var refusal)) {
        json.name("refusal").value(refusal);
      }
    }
    if (!calls.isEmpty()) {
      json.name("tool_calls").array();
      calls.forEach(call -> call(json, call));
      json.endArray();
    }
  }

  private static void call(JsonWriter json, Part.ToolCall call) {
    json.object().name("id").value(call.id()).name("type").value("function");
    json.name("function").object().name("name").value(call.name());
    json.name("arguments")
        .value(call.arguments().isBlank() ? "{}" : call.arguments())
        .endObject();
    call.signature().ifPresent(signature -> ChatMessages.signature(json, signature));
    json.endObject();
  }

  private static void content(JsonWriter json, List<Part> parts) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var text, var _)) {
      json.value(text);
      return;
    }
    json.array();
    parts.forEach(part -> part(json, part));
    json.endArray();
  }

  private static void part(JsonWriter json, Part part) {
    switch (part) {
      case Part.Text(var text, var _) ->
        json.object().name("type").value("text").name("text").value(text).endObject();
      case Part.Image image -> {
        json.object().name("type").value("image_url").name("image_url").object();
        json.name("url").value(url(image.media()));
        image.detail().ifPresent(detail -> json.name("detail").value(detail));
        json.endObject().endObject();
      }
      case Part.Document document -> document(json, document);
      case Part.Audio audio -> {
        json.object().name("type").value("input_audio").name("input_audio").object();
        json.name("data").value(audio.media() instanceof Media.Inline(var _, var data) ? data : "");
        json.name("format").value(audio.format()).endObject().endObject();
      }
      // of the model's own turns alone, which are written elsewhere
      case Part.Refusal _,
          Part.Reasoning _,
          Part.SealedReasoning _,
          Part.ToolCall _,
          Part.ToolResult _ -> {}
    }
  }

  private static void document(JsonWriter json, Part.Document document) {
    json.object().name("type").value("file").name("file").object();
    document.fileName().ifPresent(name -> json.name("filename").value(name));
    switch (document.media()) {
      case Media.Uploaded(var id) -> json.name("file_id").value(id);
      case Media.Inline(var type, var base64) ->
        json.name("file_data").value("data:" + type + ";base64," + base64);
      case Media.Address _ -> throw unsayable("A file at an address", "its bytes");
    }
    json.endObject().endObject();
  }

  private static String url(Media media) {
    return switch (media) {
      case Media.Inline(var type, var base64) -> "data:" + type + ";base64," + base64;
      case Media.Address(var url) -> url;
      case Media.Uploaded _ ->
        throw unsayable("An image by its file id", "its bytes or an address");
    };
  }

  private static GatewayException unsayable(String what, String instead) {
    return GatewayException.of(
            ErrorCode.INVALID_VALUE,
            what + " cannot be sent to the provider of this model: send " + instead + ".")
        .param("messages");
  }

  private static void tools(JsonWriter json, Conversation conversation) {
    if (conversation.tools().isEmpty()) {
      return;
    }
    json.name("tools").array();
    for (var tool : conversation.tools()) {
      json.object().name("type").value("function").name("function").object();
      json.name("name").value(tool.name());
      tool.description().ifPresent(text -> json.name("description").value(text));
      json.name("parameters").raw(tool.parameters());
      tool.strict().ifPresent(strict -> json.name("strict").value(strict));
      json.endObject().endObject();
    }
    json.endArray().name("tool_choice");
    switch (conversation.toolChoice()) {
      case ToolChoice.Auto _ -> json.value("auto");
      case ToolChoice.None _ -> json.value("none");
      case ToolChoice.Required _ -> json.value("required");
      case ToolChoice.Named(var name) -> {
        json.object().name("type").value("function").name("function").object();
        json.name("name").value(name).endObject().endObject();
      }
    }
    conversation
        .settings()
        .parallelTools()
        .ifPresent(allowed -> json.name("parallel_tool_calls").value(allowed));
  }

  private static void format(JsonWriter json, OutputFormat format) {
    switch (format) {
      case OutputFormat.PlainText _ -> {}
      case OutputFormat.JsonObject _ ->
        json.name("response_format").object().name("type").value("json_object").endObject();
      case OutputFormat.JsonSchema schema -> {
        json.name("response_format").object().name("type").value("json_schema");
        json.name("json_schema").object().name("name").value(schema.name());
        json.name("schema").raw(schema.schema());
        schema.strict().ifPresent(strict -> json.name("strict").value(strict));
        json.endObject().endObject();
      }
    }
  }

  private static void settings(JsonWriter json, Settings settings) {
    settings.maxTokens().ifPresent(number -> json.name("max_completion_tokens").value(number));
    settings.temperature().ifPresent(number -> json.name("temperature").raw(ascii(number)));
    settings.topP().ifPresent(number -> json.name("top_p").raw(ascii(number)));
    if (!settings.stop().isEmpty()) {
      json.name("stop").array();
      settings.stop().forEach(json::value);
      json.endArray();
    }
    settings.seed().ifPresent(number -> json.name("seed").value(number));
    settings
        .frequencyPenalty()
        .ifPresent(number -> json.name("frequency_penalty").raw(ascii(number)));
    settings
        .presencePenalty()
        .ifPresent(number -> json.name("presence_penalty").raw(ascii(number)));
    settings.reasoningEffort().ifPresent(effort -> json.name("reasoning_effort").value(effort));
    if (settings.choices() > 1) {
      json.name("n").value(settings.choices());
    }
    settings.user().ifPresent(user -> json.name("user").value(user));
  }

  private static byte[] ascii(String number) {
    return number.getBytes(StandardCharsets.US_ASCII);
  }
}
