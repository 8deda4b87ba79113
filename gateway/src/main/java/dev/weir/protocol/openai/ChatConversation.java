package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.Settings;
import dev.weir.protocol.conversation.Tool;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a chat completion request for a provider that speaks another protocol. Stateless but for the names of the calls it
 * has met; one request, one thread.
 *
 * <p>Reasoning comes back in two forms that clients keep: {@code thinking_blocks} with signatures, as LiteLLM made usual,
 * and {@code extra_content.google.thought_signature} on a tool call, as Gemini's compatible endpoint writes it (both read
 * 2026-11-24).
 */
final class ChatConversation {
  private static final byte[] NO_PARAMETERS =
      "{\"type\":\"object\",\"properties\":{}}".getBytes(StandardCharsets.US_ASCII);

  /** What changes the answer's content and has no equal elsewhere: dropping it would be a silent change. */
  private static final List<String> UNTRANSLATABLE = List.of(
      "logit_bias", "audio", "prediction", "web_search_options", "functions", "function_call");

  private final Map<String, String> toolNames = new HashMap<>();

  static Conversation read(JsonFields request) {
    return new ChatConversation().conversation(request);
  }

  private Conversation conversation(JsonFields request) {
    refuseUntranslatable(request);
    var turns = request.objects("messages").stream().map(this::turn).toList();
    return new Conversation(
        request.requiredText("model"),
        turns,
        request.objects("tools").stream().map(ChatConversation::tool).toList(),
        request
            .value("tool_choice")
            .map(value -> toolChoice(request, value))
            .orElseGet(ToolChoice.Auto::new),
        request
            .object("response_format")
            .map(ChatConversation::format)
            .orElseGet(OutputFormat.PlainText::new),
        settings(request),
        request.flag("stream").orElse(false)
            ? Conversation.Delivery.STREAM
            : Conversation.Delivery.WHOLE);
  }

  private static void refuseUntranslatable(JsonFields request) {
    for (var name : UNTRANSLATABLE) {
      if (request.value(name).filter(value -> !value.isEmpty()).isPresent()) {
        throw request.wrong(name, "is not supported by the provider of this model");
      }
    }
    if (request.flag("logprobs").orElse(false)) {
      throw request.wrong("logprobs", "is not supported by the provider of this model");
    }
  }

  static Settings settings(JsonFields request) {
    return new Settings(
        request.integer("max_completion_tokens").or(() -> request.integer("max_tokens")),
        request.number("temperature"),
        request.number("top_p"),
        request.integer("top_k"),
        stops(request),
        request.integer("seed"),
        request.number("frequency_penalty"),
        request.number("presence_penalty"),
        request.text("reasoning_effort"),
        Optional.empty(),
        request.flag("parallel_tool_calls"),
        Math.toIntExact(Math.clamp(request.integer("n").orElse(1L), 1, Integer.MAX_VALUE)),
        request.text("safety_identifier").or(() -> request.text("user")));
  }

  private static List<String> stops(JsonFields request) {
    return request
        .value("stop")
        .map(value ->
            value.is(JsonValue.Type.STRING) ? List.of(value.asString()) : request.texts("stop"))
        .orElse(List.of());
  }

  private Turn turn(JsonFields message) {
    var role = message.requiredText("role");
    return switch (role) {
      case "system" -> turn(message, Role.SYSTEM);
      case "developer" -> turn(message, Role.DEVELOPER);
      case "user" -> turn(message, Role.USER);
      case "assistant" -> assistant(message);
      case "tool" -> tool(message, message.requiredText("tool_call_id"));
      default ->
        throw message.wrong("role", "must be one of system, developer, user, assistant, tool");
    };
  }

  private static Turn turn(JsonFields message, Role role) {
    return new Turn(role, content(message), message.text("name"));
  }

  private Turn assistant(JsonFields message) {
    var parts = new ArrayList<Part>();
    for (var block : message.objects("thinking_blocks")) {
      parts.add(thought(block));
    }
    if (parts.isEmpty()) {
      message
          .text("reasoning_content")
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> parts.add(new Part.Reasoning(text, Optional.empty())));
    }
    parts.addAll(content(message));
    message.text("refusal").ifPresent(text -> parts.add(new Part.Refusal(text)));
    for (var call : message.objects("tool_calls")) {
      parts.add(toolCall(call));
    }
    return new Turn(Role.ASSISTANT, parts, message.text("name"));
  }

  private static Part thought(JsonFields block) {
    return block.text("type").filter("redacted_thinking"::equals).isPresent()
        ? new Part.SealedReasoning(block.requiredText("data"))
        : new Part.Reasoning(block.text("thinking").orElse(""), block.text("signature"));
  }

  private Part.ToolCall toolCall(JsonFields call) {
    var function = call.requiredObject("function");
    var id = call.requiredText("id");
    var name = function.requiredText("name");
    toolNames.put(id, name);
    var signature = call.object("extra_content")
        .flatMap(extra -> extra.object("google"))
        .flatMap(google -> google.text("thought_signature"));
    return new Part.ToolCall(id, name, function.text("arguments").orElse(""), signature);
  }

  private Turn tool(JsonFields message, String callId) {
    var result = new Part.ToolResult(
        callId, toolNames.getOrDefault(callId, ""), content(message), Part.Outcome.SUCCESS);
    return Turn.of(Role.TOOL, result);
  }

  private static List<Part> content(JsonFields message) {
    return Part.read(message, "content", "parts", ChatConversation::part);
  }

  private static Part part(JsonFields part) {
    var type = part.requiredText("type");
    return switch (type) {
      case "text" -> new Part.Text(part.requiredText("text"), cacheMark(part));
      case "refusal" -> new Part.Refusal(part.requiredText("refusal"));
      case "image_url" -> image(part.requiredObject("image_url"));
      case "input_audio" -> audio(part.requiredObject("input_audio"));
      case "file" -> file(part.requiredObject("file"));
      default ->
        throw part.wrong("type", "must be one of text, image_url, input_audio, file, refusal");
    };
  }

  private static Part.CacheMark cacheMark(JsonFields part) {
    return part.object("cache_control")
        .map(mark -> mark.text("ttl").filter("1h"::equals).isPresent()
            ? Part.CacheMark.ONE_HOUR
            : Part.CacheMark.EPHEMERAL)
        .orElse(Part.CacheMark.NONE);
  }

  private static Part image(JsonFields image) {
    return new Part.Image(DataUrl.media(image, "url"), image.text("detail"));
  }

  private static Part audio(JsonFields audio) {
    var format = audio.requiredText("format");
    return new Part.Audio(new Media.Inline("audio/" + format, audio.requiredText("data")), format);
  }

  private static Part file(JsonFields file) {
    var name = file.text("filename");
    var uploaded = file.text("file_id");
    return uploaded.isPresent()
        ? new Part.Document(new Media.Uploaded(uploaded.get()), name)
        : new Part.Document(DataUrl.media(file, "file_data"), name);
  }

  private static Tool tool(JsonFields tool) {
    if (!tool.requiredText("type").equals("function")) {
      throw tool.wrong("type", "must be function: the provider of this model knows no other");
    }
    var function = tool.requiredObject("function");
    return new Tool(
        function.requiredText("name"),
        function.text("description"),
        function.object("parameters").map(schema -> schema.object().bytes()).orElse(NO_PARAMETERS),
        function.flag("strict"));
  }

  private static ToolChoice toolChoice(JsonFields request, JsonValue choice) {
    if (choice.is(JsonValue.Type.STRING)) {
      return switch (choice.asString()) {
        case "auto" -> new ToolChoice.Auto();
        case "none" -> new ToolChoice.None();
        case "required" -> new ToolChoice.Required();
        default -> throw request.wrong("tool_choice", "must be auto, none, required or a function");
      };
    }
    return new ToolChoice.Named(
        request.requiredObject("tool_choice").requiredObject("function").requiredText("name"));
  }

  private static OutputFormat format(JsonFields format) {
    return switch (format.requiredText("type")) {
      case "text" -> new OutputFormat.PlainText();
      case "json_object" -> new OutputFormat.JsonObject();
      case "json_schema" -> {
        var schema = format.requiredObject("json_schema");
        yield new OutputFormat.JsonSchema(
            schema.text("name").orElse("answer"),
            schema.object("schema").map(value -> value.object().bytes()).orElse(NO_PARAMETERS),
            schema.flag("strict"));
      }
      default -> throw format.wrong("type", "must be text, json_object or json_schema");
    };
  }
}
