package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.anthropic.MessagesRequestWriter;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.Settings;
import dev.weir.protocol.conversation.Tool;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Optional;

/** Writes a conversation as a request to Converse. Stateless. */
final class ConverseRequestWriter {
  private ConverseRequestWriter() {}

  /**
   * The request's document.
   *
   * @throws GatewayException INVALID_VALUE for what this protocol cannot say
   */
  static byte[] write(Conversation conversation, String model) {
    conversation.requireOneChoice();
    var thinking = Thinking.of(conversation, model);
    var json = new JsonWriter().object();
    system(json, conversation);
    json.name("messages").array();
    messages(json, conversation);
    json.endArray();
    inference(json, conversation.settings(), thinking);
    tools(json, conversation);
    format(json, conversation.format());
    thinking.write(json, conversation.settings());
    return json.endObject().bytes();
  }

  private static boolean instructs(Turn turn) {
    return turn.role() == Role.SYSTEM || turn.role() == Role.DEVELOPER;
  }

  private static void system(JsonWriter json, Conversation conversation) {
    var parts = conversation.turns().stream()
        .filter(ConverseRequestWriter::instructs)
        .flatMap(turn -> turn.parts().stream())
        .filter(part -> part instanceof Part.Text text && !text.text().isBlank())
        .toList();
    var object = conversation.format() instanceof OutputFormat.JsonObject;
    if (parts.isEmpty() && !object) {
      return;
    }
    json.name("system").array();
    parts.forEach(part -> ConverseBlocks.write(json, part));
    if (object) {
      // there are schemas, but no way to ask for just any object
      ConverseBlocks.write(
          json, new Part.Text("Answer with one JSON object and nothing before or after it."));
    }
    json.endArray();
  }

  /** Roles must take turns: neighbours of one role are one message. */
  private static void messages(JsonWriter json, Conversation conversation) {
    var last = "";
    for (var turn : conversation.turns()) {
      var parts = turn.parts().stream().filter(ConverseBlocks::sendable).toList();
      if (instructs(turn) || parts.isEmpty()) {
        continue;
      }
      var role = turn.role() == Role.ASSISTANT ? "assistant" : "user";
      if (!role.equals(last)) {
        if (!last.isEmpty()) {
          json.endArray().endObject();
        }
        json.object().name("role").value(role).name("content").array();
        last = role;
      }
      parts.forEach(part -> ConverseBlocks.write(json, part));
    }
    if (!last.isEmpty()) {
      json.endArray().endObject();
    }
  }

  private static void inference(JsonWriter json, Settings settings, Thinking thinking) {
    json.name("inferenceConfig").object();
    settings
        .maxTokens()
        .or(() -> thinking.budget().map(_ -> 4096L))
        .ifPresent(most ->
            json.name("maxTokens").value(Math.max(most, 1) + thinking.budget().orElse(0L)));
    if (!thinking.asked()) {
      settings.temperature().ifPresent(number -> json.name("temperature").raw(atMostOne(number)));
      settings.topP().ifPresent(number -> json.name("topP").raw(number.getBytes(US_ASCII)));
    }
    if (!settings.stop().isEmpty()) {
      json.name("stopSequences").array();
      settings.stop().forEach(json::value);
      json.endArray();
    }
    json.endObject();
  }

  private static byte[] atMostOne(String temperature) {
    var one = new BigDecimal(temperature).compareTo(BigDecimal.ONE) > 0;
    return (one ? "1" : temperature).getBytes(US_ASCII);
  }

  private static void tools(JsonWriter json, Conversation conversation) {
    var none = conversation.toolChoice() instanceof ToolChoice.None;
    if (conversation.tools().isEmpty() || (none && !called(conversation))) {
      return;
    }
    json.name("toolConfig").object().name("tools").array();
    conversation.tools().forEach(tool -> tool(json, tool));
    json.endArray();
    switch (conversation.toolChoice()) {
      case ToolChoice.Auto _, ToolChoice.None _ -> {}
      case ToolChoice.Required _ ->
        json.name("toolChoice").object().name("any").object().endObject().endObject();
      case ToolChoice.Named(var name) -> {
        json.name("toolChoice").object().name("tool").object();
        json.name("name").value(name).endObject().endObject();
      }
    }
    json.endObject();
  }

  private static boolean called(Conversation conversation) {
    return conversation.turns().stream()
        .flatMap(turn -> turn.parts().stream())
        .anyMatch(part -> part instanceof Part.ToolCall || part instanceof Part.ToolResult);
  }

  private static void tool(JsonWriter json, Tool tool) {
    json.object().name("toolSpec").object().name("name").value(tool.name());
    tool.description()
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> json.name("description").value(text));
    json.name("inputSchema").object().name("json").raw(tool.parameters()).endObject();
    tool.strict()
        .filter(strict -> strict)
        .ifPresent(strict -> json.name("strict").value(true));
    json.endObject().endObject();
  }

  private static void format(JsonWriter json, OutputFormat format) {
    if (format instanceof OutputFormat.JsonSchema wanted) {
      json.name("outputConfig").object().name("textFormat").object();
      json.name("type").value("json_schema").name("structure").object();
      json.name("jsonSchema").object().name("name").value(wanted.name());
      json.name("schema").value(new String(wanted.schema(), UTF_8));
      json.endObject().endObject().endObject().endObject();
    }
  }

  /** How a model is told to think, in its maker's own fields. */
  private record Thinking(Optional<Long> budget, Optional<String> effort, String family) {
    static Thinking of(Conversation conversation, String model) {
      var settings = conversation.settings();
      var free = conversation.toolChoice() instanceof ToolChoice.Auto
          || conversation.toolChoice() instanceof ToolChoice.None;
      if (model.contains("anthropic")) {
        return free
            ? new Thinking(
                MessagesRequestWriter.thinkingBudget(settings, model),
                MessagesRequestWriter.effort(settings, model),
                "anthropic")
            : new Thinking(Optional.empty(), Optional.empty(), "anthropic");
      }
      var family = model.contains("gpt-oss") ? "openai" : model.contains("nova-2") ? "nova" : "";
      return new Thinking(
          Optional.empty(),
          family.isEmpty() ? Optional.empty() : settings.reasoningEffort(),
          family);
    }

    boolean asked() {
      return family.equals("anthropic") && (budget.isPresent() || effort.isPresent());
    }

    void write(JsonWriter json, Settings settings) {
      var topK = settings.topK().filter(_ -> family.equals("anthropic") && !asked());
      if (budget.isEmpty() && effort.isEmpty() && topK.isEmpty()) {
        return;
      }
      json.name("additionalModelRequestFields").object();
      topK.ifPresent(number -> json.name("top_k").value(number));
      budget.ifPresent(tokens -> {
        json.name("thinking").object().name("type").value("enabled");
        json.name("budget_tokens").value(tokens).endObject();
      });
      effort.ifPresent(word -> effort(json, word));
      json.endObject();
    }

    private void effort(JsonWriter json, String word) {
      switch (family) {
        case "anthropic" -> {
          json.name("thinking").object().name("type").value("adaptive").endObject();
          json.name("output_config").object().name("effort").value(word).endObject();
        }
        case "nova" -> {
          json.name("reasoningConfig").object();
          if (word.equals("none")) {
            json.name("type").value("disabled");
          } else {
            json.name("type").value("enabled").name("maxReasoningEffort");
            json.value(word.equals("medium") || word.equals("high") ? word : "low");
          }
          json.endObject();
        }
        default -> json.name("reasoning_effort").value(word);
      }
    }
  }
}
