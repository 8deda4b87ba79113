package dev.weir.protocol.anthropic;

import dev.weir.protocol.GatewayException;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a conversation as a request to {@code /v1/messages}. Stateless. Source: Anthropic API reference, "Create a
 * message", "Extended thinking", "Structured outputs" (read 2026-11-24).
 */
public final class MessagesRequestWriter {
  /** What every model still served can answer with; the protocol has no default of its own. */
  static final long DEFAULT_MAX_TOKENS = 4096;

  /** The models that take a budget of tokens to think with; later ones take an effort. */
  private static final Pattern BUDGETED = Pattern.compile(
      ".*claude-(?:3-7-.*|(?:opus|sonnet|haiku)-4(?:-[0-5])?(?:[-@:]\\d{8}.*)?(?:-v\\d.*)?)");

  private MessagesRequestWriter() {}

  /**
   * The request's document.
   *
   * @throws GatewayException INVALID_VALUE for what this protocol cannot say
   */
  public static byte[] write(Conversation conversation, String model) {
    var settings = conversation.settings();
    conversation.requireOneChoice();
    // the provider refuses to think where a tool is forced
    var free = conversation.toolChoice() instanceof ToolChoice.Auto
        || conversation.toolChoice() instanceof ToolChoice.None;
    var thinking = free ? thinkingBudget(settings, model) : Optional.<Long>empty();
    var effort = free ? effort(settings, model) : Optional.<String>empty();
    var json = new JsonWriter().object().name("model").value(model);
    json.name("max_tokens")
        .value(Math.max(settings.maxTokens().orElse(DEFAULT_MAX_TOKENS), 1) + thinking.orElse(0L));
    system(json, conversation);
    json.name("messages").array();
    messages(conversation).forEach(message -> message.write(json));
    json.endArray();
    tools(json, conversation);
    settings(json, settings);
    // where it thinks, sampling is the provider's own business
    if (thinking.isEmpty() && effort.isEmpty()) {
      sampling(json, settings);
    }
    thinking(json, thinking, effort);
    outputConfig(json, conversation.format(), effort);
    if (conversation.delivery() == Conversation.Delivery.STREAM) {
      json.name("stream").value(true);
    }
    return json.endObject().bytes();
  }

  private static void system(JsonWriter json, Conversation conversation) {
    var parts = conversation.turns().stream()
        .filter(turn -> instructs(turn.role()))
        .flatMap(turn -> turn.parts().stream())
        .filter(Part.Text.class::isInstance)
        .map(Part.Text.class::cast)
        .filter(text -> !text.text().isEmpty())
        .toList();
    var object = conversation.format() instanceof OutputFormat.JsonObject;
    if (parts.isEmpty() && !object) {
      return;
    }
    json.name("system").array();
    parts.forEach(part -> ContentBlocks.write(json, part));
    if (object) {
      // the protocol has schemas, but no way to ask for just any object
      ContentBlocks.write(
          json, new Part.Text("Answer with one JSON object and nothing before or after it."));
    }
    json.endArray();
  }

  private static boolean instructs(Role role) {
    return role == Role.SYSTEM || role == Role.DEVELOPER;
  }

  /** One message as this protocol has it: neighbours of one role joined. */
  private record Message(String role, List<Part> parts) {
    void write(JsonWriter json) {
      json.object().name("role").value(role).name("content").array();
      parts.forEach(part -> ContentBlocks.write(json, part));
      json.endArray().endObject();
    }
  }

  private static List<Message> messages(Conversation conversation) {
    var messages = new ArrayList<Message>();
    for (var turn : conversation.turns()) {
      if (!instructs(turn.role())) {
        var role = turn.role() == Role.ASSISTANT ? "assistant" : "user";
        if (messages.isEmpty() || !messages.getLast().role().equals(role)) {
          messages.add(new Message(role, new ArrayList<>()));
        }
        messages.getLast().parts().addAll(sendable(turn));
      }
    }
    messages.removeIf(message -> message.parts().isEmpty());
    return messages;
  }

  /** Empty texts are refused there, and so is a thought without the signature it came with. */
  private static List<Part> sendable(Turn turn) {
    return turn.parts().stream()
        .filter(part -> switch (part) {
          case Part.Text text -> !text.text().isEmpty();
          case Part.Reasoning reasoning -> reasoning.signature().isPresent();
          default -> true;
        })
        .toList();
  }

  private static void tools(JsonWriter json, Conversation conversation) {
    if (conversation.tools().isEmpty()) {
      return;
    }
    json.name("tools").array();
    conversation.tools().forEach(tool -> tool(json, tool));
    json.endArray().name("tool_choice").object().name("type");
    switch (conversation.toolChoice()) {
      case ToolChoice.Auto _ -> json.value("auto");
      case ToolChoice.None _ -> json.value("none");
      case ToolChoice.Required _ -> json.value("any");
      case ToolChoice.Named(var name) -> json.value("tool").name("name").value(name);
    }
    if (!(conversation.toolChoice() instanceof ToolChoice.None)) {
      conversation
          .settings()
          .parallelTools()
          .ifPresent(allowed -> json.name("disable_parallel_tool_use").value(!allowed));
    }
    json.endObject();
  }

  private static void tool(JsonWriter json, Tool tool) {
    json.object().name("name").value(tool.name());
    tool.description().ifPresent(text -> json.name("description").value(text));
    json.name("input_schema").raw(tool.parameters());
    tool.strict()
        .filter(strict -> strict)
        .ifPresent(strict -> json.name("strict").value(true));
    json.endObject();
  }

  private static void settings(JsonWriter json, Settings settings) {
    var stops = settings.stop().stream().filter(stop -> !stop.isBlank()).toList();
    if (!stops.isEmpty()) {
      json.name("stop_sequences").array();
      stops.forEach(json::value);
      json.endArray();
    }
    settings
        .user()
        .ifPresent(
            user -> json.name("metadata").object().name("user_id").value(user).endObject());
  }

  private static void sampling(JsonWriter json, Settings settings) {
    settings.temperature().ifPresent(number -> json.name("temperature").raw(atMostOne(number)));
    settings.topP().ifPresent(number -> json.name("top_p").raw(ascii(number)));
    settings.topK().ifPresent(number -> json.name("top_k").value(number));
  }

  private static void thinking(JsonWriter json, Optional<Long> budget, Optional<String> effort) {
    budget.ifPresent(tokens -> json.name("thinking")
        .object()
        .name("type")
        .value("enabled")
        .name("budget_tokens")
        .value(tokens)
        .endObject());
    effort.ifPresent(
        _ -> json.name("thinking").object().name("type").value("adaptive").endObject());
  }

  /** Most tokens to think with, for a model that takes a budget. */
  public static Optional<Long> thinkingBudget(Settings settings, String model) {
    if (settings.reasoningTokens().isPresent()) {
      return settings.reasoningTokens();
    }
    if (!BUDGETED.matcher(model).matches()) {
      return Optional.empty();
    }
    return settings.reasoningEffort().flatMap(effort -> switch (effort) {
      case "none", "minimal" -> Optional.empty();
      case "low" -> Optional.of(1024L);
      case "medium" -> Optional.of(4096L);
      default -> Optional.of(16_384L);
    });
  }

  /** The effort for a model that takes one and no budget. */
  public static Optional<String> effort(Settings settings, String model) {
    return settings
        .reasoningEffort()
        .filter(word -> !word.equals("none"))
        .filter(_ ->
            settings.reasoningTokens().isEmpty() && !BUDGETED.matcher(model).matches())
        .map(word -> word.equals("minimal") ? "low" : word);
  }

  private static void outputConfig(JsonWriter json, OutputFormat format, Optional<String> effort) {
    var schema = format instanceof OutputFormat.JsonSchema wanted
        ? Optional.of(wanted.schema())
        : Optional.<byte[]>empty();
    if (effort.isEmpty() && schema.isEmpty()) {
      return;
    }
    json.name("output_config").object();
    effort.ifPresent(word -> json.name("effort").value(word));
    schema.ifPresent(bytes -> json.name("format")
        .object()
        .name("type")
        .value("json_schema")
        .name("schema")
        .raw(bytes)
        .endObject());
    json.endObject();
  }

  /** OpenAI's scale goes to 2, this one to 1: what is above it would be refused. */
  private static byte[] atMostOne(String temperature) {
    return new BigDecimal(temperature).compareTo(BigDecimal.ONE) > 0
        ? ascii("1")
        : ascii(temperature);
  }

  private static byte[] ascii(String number) {
    return number.getBytes(StandardCharsets.US_ASCII);
  }
}
