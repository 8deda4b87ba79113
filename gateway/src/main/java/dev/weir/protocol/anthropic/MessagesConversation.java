package dev.weir.protocol.anthropic;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a request to {@code /v1/messages} for a provider that speaks another protocol. One request, one thread. Source:
 * Anthropic API reference, "Create a message" (read 2026-11-24).
 */
final class MessagesConversation {
  private final Map<String, String> toolNames = new HashMap<>();

  static Conversation read(JsonFields request) {
    return new MessagesConversation().conversation(request);
  }

  private Conversation conversation(JsonFields request) {
    var turns = new ArrayList<Turn>();
    var system = blocks(request, "system");
    if (!system.isEmpty()) {
      turns.add(new Turn(Role.SYSTEM, system, Optional.empty()));
    }
    request.objects("messages").forEach(message -> turns.add(turn(message)));
    return new Conversation(
        request.requiredText("model"),
        turns,
        request.objects("tools").stream().map(MessagesConversation::tool).toList(),
        request
            .object("tool_choice")
            .map(MessagesConversation::toolChoice)
            .orElseGet(ToolChoice.Auto::new),
        format(request),
        settings(request),
        request.flag("stream").orElse(false)
            ? Conversation.Delivery.STREAM
            : Conversation.Delivery.WHOLE);
  }

  private Turn turn(JsonFields message) {
    var role = switch (message.requiredText("role")) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      default -> throw message.wrong("role", "must be user or assistant");
    };
    return new Turn(role, blocks(message, "content"), Optional.empty());
  }

  private List<Part> blocks(JsonFields holder, String name) {
    return Part.read(holder, name, "blocks", this::block);
  }

  private Part block(JsonFields block) {
    return switch (block.requiredText("type")) {
      case "text" -> new Part.Text(block.requiredText("text"), cacheMark(block));
      case "image" -> new Part.Image(media(block.requiredObject("source")), Optional.empty());
      case "document" -> document(block);
      case "thinking" ->
        new Part.Reasoning(block.text("thinking").orElse(""), block.text("signature"));
      case "redacted_thinking" -> new Part.SealedReasoning(block.requiredText("data"));
      case "tool_use" -> toolCall(block);
      case "tool_result" -> toolResult(block);
      default ->
        throw block.wrong("type", "is a block that the provider of this model cannot take");
    };
  }

  private Part document(JsonFields block) {
    var source = block.requiredObject("source");
    return source.text("type").filter("text"::equals).isPresent()
        ? new Part.Text(source.requiredText("data"))
        : new Part.Document(media(source), block.text("title"));
  }

  private Part toolCall(JsonFields block) {
    var id = block.requiredText("id");
    var name = block.requiredText("name");
    toolNames.put(id, name);
    var input = block.object("input").map(value -> value.object().bytes()).orElse(new byte[0]);
    return new Part.ToolCall(id, name, new String(input, StandardCharsets.UTF_8), Optional.empty());
  }

  private Part toolResult(JsonFields block) {
    var id = block.requiredText("tool_use_id");
    return new Part.ToolResult(
        id,
        toolNames.getOrDefault(id, ""),
        blocks(block, "content"),
        block.flag("is_error").orElse(false) ? Part.Outcome.FAILURE : Part.Outcome.SUCCESS);
  }

  private static Part.CacheMark cacheMark(JsonFields block) {
    return block
        .object("cache_control")
        .map(mark -> mark.text("ttl").filter("1h"::equals).isPresent()
            ? Part.CacheMark.ONE_HOUR
            : Part.CacheMark.EPHEMERAL)
        .orElse(Part.CacheMark.NONE);
  }

  private static Media media(JsonFields source) {
    return switch (source.requiredText("type")) {
      case "base64" ->
        new Media.Inline(source.requiredText("media_type"), source.requiredText("data"));
      case "url" -> new Media.Address(source.requiredText("url"));
      case "file" -> new Media.Uploaded(source.requiredText("file_id"));
      default -> throw source.wrong("type", "must be base64, url or file");
    };
  }

  private static Tool tool(JsonFields tool) {
    if (tool.value("input_schema").isEmpty()) {
      throw tool.wrong(
          "type", "is a tool of Anthropic's own, which the provider of this model has not");
    }
    return new Tool(
        tool.requiredText("name"),
        tool.text("description"),
        tool.requiredObject("input_schema").object().bytes(),
        tool.flag("strict"));
  }

  private static ToolChoice toolChoice(JsonFields choice) {
    return switch (choice.requiredText("type")) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "any" -> new ToolChoice.Required();
      case "tool" -> new ToolChoice.Named(choice.requiredText("name"));
      default -> throw choice.wrong("type", "must be auto, any, tool or none");
    };
  }

  private static OutputFormat format(JsonFields request) {
    return request
        .object("output_config")
        .flatMap(config -> config.object("format"))
        .or(() -> request.object("output_format"))
        .<OutputFormat>map(format -> new OutputFormat.JsonSchema(
            "answer", format.requiredObject("schema").object().bytes(), Optional.of(true)))
        .orElseGet(OutputFormat.PlainText::new);
  }

  private static Settings settings(JsonFields request) {
    var thinking = request.object("thinking");
    return new Settings(
        request.integer("max_tokens"),
        request.number("temperature"),
        request.number("top_p"),
        request.integer("top_k"),
        request.texts("stop_sequences"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        request
            .object("output_config")
            .flatMap(config -> config.text("effort"))
            .or(() -> thinking.flatMap(MessagesConversation::effort)),
        thinking.flatMap(value -> value.integer("budget_tokens")),
        request
            .object("tool_choice")
            .flatMap(choice -> choice.flag("disable_parallel_tool_use"))
            .map(disabled -> !disabled),
        1,
        request.object("metadata").flatMap(metadata -> metadata.text("user_id")));
  }

  /** The effort that other protocols know, by the tokens this one would let the model think with. */
  private static Optional<String> effort(JsonFields thinking) {
    return thinking
        .integer("budget_tokens")
        .map(budget -> budget <= 2048 ? "low" : budget <= 8192 ? "medium" : "high");
  }
}
