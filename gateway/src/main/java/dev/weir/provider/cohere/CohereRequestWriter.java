package dev.weir.provider.cohere;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Settings;
import dev.weir.protocol.conversation.Tool;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a conversation as a request to {@code /v2/chat}. Stateless. */
final class CohereRequestWriter {
  private CohereRequestWriter() {}

  /**
   * The request's document.
   *
   * @throws GatewayException INVALID_VALUE for what this protocol cannot say
   */
  static byte[] write(Conversation conversation, String model) {
    conversation.requireOneChoice();
    var json = new JsonWriter().object().name("model").value(model);
    json.name("messages").array();
    conversation.turns().forEach(turn -> turn(json, turn));
    json.endArray();
    tools(json, conversation);
    settings(json, conversation.settings());
    format(json, conversation.format());
    json.name("stream").value(conversation.delivery() == Conversation.Delivery.STREAM);
    return json.endObject().bytes();
  }

  private static void turn(JsonWriter json, Turn turn) {
    for (var part : turn.parts()) {
      if (part instanceof Part.ToolResult result) {
        result(json, result);
      }
    }
    switch (turn.role()) {
      case SYSTEM, DEVELOPER -> message(json, "system", said(turn));
      case ASSISTANT -> assistant(json, turn);
      case USER, TOOL -> message(json, "user", said(turn));
    }
  }

  /** What is content: no calls, no results, no thoughts, no empty texts. */
  private static List<Part> said(Turn turn) {
    return turn.parts().stream()
        .filter(part -> switch (part) {
          case Part.Text text -> !text.text().isEmpty();
          case Part.ToolCall _, Part.ToolResult _, Part.Reasoning _, Part.SealedReasoning _ ->
            false;
          default -> true;
        })
        .toList();
  }

  private static void message(JsonWriter json, String role, List<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    json.object().name("role").value(role).name("content").array();
    parts.forEach(part -> content(json, part));
    json.endArray().endObject();
  }

  private static void assistant(JsonWriter json, Turn turn) {
    var parts = said(turn);
    var calls = turn.parts().stream()
        .filter(Part.ToolCall.class::isInstance)
        .map(Part.ToolCall.class::cast)
        .toList();
    var thought = turn.parts().stream()
        .filter(Part.Reasoning.class::isInstance)
        .map(part -> ((Part.Reasoning) part).text())
        .collect(Collectors.joining());
    if (parts.isEmpty() && calls.isEmpty()) {
      return;
    }
    json.object().name("role").value("assistant");
    if (!calls.isEmpty() && !thought.isEmpty()) {
      json.name("tool_plan").value(thought);
    }
    if (!parts.isEmpty()) {
      json.name("content").array();
      if (calls.isEmpty() && !thought.isEmpty()) {
        json.object().name("type").value("thinking");
        json.name("thinking").value(thought).endObject();
      }
      parts.forEach(part -> content(json, part));
      json.endArray();
    }
    calls(json, calls);
    json.endObject();
  }

  private static void calls(JsonWriter json, List<Part.ToolCall> calls) {
    if (calls.isEmpty()) {
      return;
    }
    json.name("tool_calls").array();
    for (var call : calls) {
      json.object().name("id").value(call.id()).name("type").value("function");
      json.name("function").object().name("name").value(call.name());
      json.name("arguments").value(call.arguments().isBlank() ? "{}" : call.arguments());
      json.endObject().endObject();
    }
    json.endArray();
  }

  private static void result(JsonWriter json, Part.ToolResult result) {
    json.object().name("role").value("tool").name("tool_call_id").value(result.callId());
    json.name("content").array();
    result.content().forEach(part -> content(json, part));
    json.endArray().endObject();
  }

  private static void content(JsonWriter json, Part part) {
    json.object().name("type");
    switch (part) {
      case Part.Text text -> json.value("text").name("text").value(text.text());
      case Part.Refusal refusal -> json.value("text").name("text").value(refusal.text());
      case Part.Image image -> {
        json.value("image_url").name("image_url").object().name("url").value(url(image.media()));
        image
            .detail()
            .filter(detail -> List.of("low", "high", "auto").contains(detail))
            .ifPresent(detail -> json.name("detail").value(detail));
        json.endObject();
      }
      default -> throw unsayable("The provider of this model takes texts and images only.");
    }
    json.endObject();
  }

  private static String url(Media media) {
    return switch (media) {
      case Media.Inline(var type, var base64) -> "data:" + type + ";base64," + base64;
      case Media.Address(var url) -> url;
      case Media.Uploaded uploaded ->
        throw unsayable("The provider of this model has no file " + uploaded.fileId() + ".");
    };
  }

  private static GatewayException unsayable(String message) {
    return GatewayException.of(ErrorCode.INVALID_VALUE, message).param("messages");
  }

  private static void tools(JsonWriter json, Conversation conversation) {
    var choice = conversation.toolChoice();
    var tools = conversation.tools().stream()
        .filter(tool ->
            !(choice instanceof ToolChoice.Named(var name)) || tool.name().equals(name))
        .toList();
    if (tools.isEmpty()) {
      return;
    }
    json.name("tools").array();
    tools.forEach(tool -> tool(json, tool));
    json.endArray();
    switch (choice) {
      case ToolChoice.Auto _ -> {}
      case ToolChoice.None _ -> json.name("tool_choice").value("NONE");
      case ToolChoice.Required _, ToolChoice.Named _ -> json.name("tool_choice").value("REQUIRED");
    }
    if (tools.stream().anyMatch(tool -> tool.strict().orElse(false))) {
      json.name("strict_tools").value(true);
    }
  }

  private static void tool(JsonWriter json, Tool tool) {
    json.object().name("type").value("function").name("function").object();
    json.name("name").value(tool.name());
    tool.description().ifPresent(text -> json.name("description").value(text));
    json.name("parameters").raw(tool.parameters()).endObject().endObject();
  }

  private static void settings(JsonWriter json, Settings settings) {
    settings.maxTokens().ifPresent(number -> json.name("max_tokens").value(number));
    number(json, "temperature", settings.temperature());
    number(json, "p", settings.topP().filter(p -> new BigDecimal(p).compareTo(BigDecimal.ONE) < 0));
    settings.topK().ifPresent(number -> json.name("k").value(number));
    settings.seed().ifPresent(number -> json.name("seed").value(number));
    number(json, "frequency_penalty", settings.frequencyPenalty());
    number(json, "presence_penalty", settings.presencePenalty());
    if (!settings.stop().isEmpty()) {
      json.name("stop_sequences").array();
      settings.stop().forEach(json::value);
      json.endArray();
    }
    if (settings.reasoningTokens().isPresent() || settings.reasoningEffort().isPresent()) {
      var off = settings.reasoningEffort().filter("none"::equals).isPresent();
      json.name("thinking").object().name("type").value(off ? "disabled" : "enabled");
      settings.reasoningTokens().ifPresent(most -> json.name("token_budget").value(most));
      json.endObject();
    }
  }

  private static void number(JsonWriter json, String name, Optional<String> number) {
    number.ifPresent(text -> json.name(name).raw(text.getBytes(US_ASCII)));
  }

  private static void format(JsonWriter json, OutputFormat format) {
    switch (format) {
      case OutputFormat.PlainText _ -> {}
      case OutputFormat.JsonObject _ ->
        json.name("response_format").object().name("type").value("json_object").endObject();
      case OutputFormat.JsonSchema wanted -> {
        json.name("response_format").object().name("type").value("json_object");
        json.name("json_schema").raw(wanted.schema()).endObject();
      }
    }
  }
}
