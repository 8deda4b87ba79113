package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Settings;
import dev.weir.protocol.conversation.Tool;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a request to {@code /v1/responses} for a provider that speaks another protocol. Stateless. Source: OpenAI API
 * reference, "Create a model response" (read 2026-11-25).
 */
final class ResponsesConversation {
  private static final byte[] NO_PARAMETERS =
      "{\"type\":\"object\",\"properties\":{}}".getBytes(StandardCharsets.US_ASCII);

  private ResponsesConversation() {}

  static Conversation read(JsonFields request) {
    if (request.integer("top_logprobs").orElse(0L) > 0) {
      throw request.wrong("top_logprobs", "is not supported by the provider of this model");
    }
    return new Conversation(
        request.requiredText("model"),
        ResponsesItems.read(request),
        tools(request),
        request
            .value("tool_choice")
            .map(value -> toolChoice(request, value))
            .orElseGet(ToolChoice.Auto::new),
        request
            .object("text")
            .flatMap(text -> text.object("format"))
            .map(ResponsesConversation::format)
            .orElseGet(OutputFormat.PlainText::new),
        settings(request),
        request.flag("stream").orElse(false)
            ? Conversation.Delivery.STREAM
            : Conversation.Delivery.WHOLE);
  }

  private static List<Tool> tools(JsonFields request) {
    var allowed = allowed(request);
    return request.objects("tools").stream()
        .map(ResponsesConversation::tool)
        .filter(tool -> allowed.isEmpty() || allowed.get().contains(tool.name()))
        .toList();
  }

  /** The names that {@code tool_choice} narrows the tools to, where it does. */
  private static Optional<Set<String>> allowed(JsonFields request) {
    return request
        .value("tool_choice")
        .filter(choice -> choice.is(JsonValue.Type.OBJECT))
        .flatMap(_ -> request.object("tool_choice"))
        .filter(choice -> choice.text("type").filter("allowed_tools"::equals).isPresent())
        .map(choice -> {
          var names = new HashSet<String>();
          choice.objects("tools").forEach(tool -> names.add(tool.requiredText("name")));
          return names;
        });
  }

  private static Tool tool(JsonFields tool) {
    if (!tool.requiredText("type").equals("function")) {
      throw tool.wrong("type", "must be function: the provider of this model knows no other");
    }
    return new Tool(
        tool.requiredText("name"),
        tool.text("description"),
        tool.object("parameters").map(schema -> schema.object().bytes()).orElse(NO_PARAMETERS),
        tool.flag("strict"));
  }

  private static ToolChoice toolChoice(JsonFields request, JsonValue choice) {
    if (choice.is(JsonValue.Type.STRING)) {
      return word(request, "tool_choice", choice.asString());
    }
    var named = request.requiredObject("tool_choice");
    return switch (named.requiredText("type")) {
      case "function" -> new ToolChoice.Named(named.requiredText("name"));
      case "allowed_tools" -> word(named, "mode", named.requiredText("mode"));
      default ->
        throw named.wrong(
            "type", "must be function or allowed_tools: the provider of this model knows no other");
    };
  }

  private static ToolChoice word(JsonFields where, String name, String word) {
    return switch (word) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      default -> throw where.wrong(name, "must be auto, none or required");
    };
  }

  private static OutputFormat format(JsonFields format) {
    return switch (format.requiredText("type")) {
      case "text" -> new OutputFormat.PlainText();
      case "json_object" -> new OutputFormat.JsonObject();
      case "json_schema" ->
        new OutputFormat.JsonSchema(
            format.text("name").orElse("answer"),
            format.requiredObject("schema").object().bytes(),
            format.flag("strict"));
      default -> throw format.wrong("type", "must be text, json_object or json_schema");
    };
  }

  private static Settings settings(JsonFields request) {
    return new Settings(
        request.integer("max_output_tokens"),
        request.number("temperature"),
        request.number("top_p"),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        request.object("reasoning").flatMap(reasoning -> reasoning.text("effort")),
        Optional.empty(),
        request.flag("parallel_tool_calls"),
        1,
        request.text("safety_identifier").or(() -> request.text("user")));
  }
}
