package dev.weir.provider.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.Settings;
import dev.weir.protocol.conversation.Tool;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/** Writes a conversation as a request to {@code generateContent}. Stateless. */
final class GeminiRequestWriter {
  private GeminiRequestWriter() {}

  /**
   * The request's document.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_VALUE for what this protocol cannot say
   */
  static byte[] write(Conversation conversation, String model, GeminiTranslator.Surface surface) {
    var json = new JsonWriter().object();
    system(json, conversation);
    json.name("contents").array();
    contents(json, conversation, new GeminiParts(json, surface, budgeted(model)));
    json.endArray();
    tools(json, conversation);
    json.name("generationConfig").object();
    settings(json, conversation.settings());
    format(json, conversation.format());
    thinking(json, conversation.settings(), model);
    return json.endObject().endObject().bytes();
  }

  /** Models of the second generation and before think by a budget, later ones by a level, and check signatures. */
  private static boolean budgeted(String model) {
    return model.contains("gemini-2") || model.contains("gemini-1");
  }

  private static boolean instructs(Turn turn) {
    return turn.role() == Role.SYSTEM || turn.role() == Role.DEVELOPER;
  }

  private static void system(JsonWriter json, Conversation conversation) {
    var texts = conversation.turns().stream()
        .filter(GeminiRequestWriter::instructs)
        .flatMap(turn -> turn.parts().stream())
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .filter(text -> !text.isEmpty())
        .toList();
    if (texts.isEmpty()) {
      return;
    }
    json.name("systemInstruction").object().name("parts").array();
    texts.forEach(text -> json.object().name("text").value(text).endObject());
    json.endArray().endObject();
  }

  /** Neighbours of one role are one content: a turn's results must stand together. */
  private static void contents(JsonWriter json, Conversation conversation, GeminiParts parts) {
    var last = "";
    for (var turn : conversation.turns()) {
      if (instructs(turn) || !GeminiParts.says(turn)) {
        continue;
      }
      var role = turn.role() == Role.ASSISTANT ? "model" : "user";
      if (!role.equals(last)) {
        if (!last.isEmpty()) {
          json.endArray().endObject();
        }
        json.object().name("role").value(role).name("parts").array();
        last = role;
      }
      parts.write(turn);
    }
    if (!last.isEmpty()) {
      json.endArray().endObject();
    }
  }

  private static void tools(JsonWriter json, Conversation conversation) {
    if (conversation.tools().isEmpty()) {
      return;
    }
    json.name("tools").array().object().name("functionDeclarations").array();
    conversation.tools().forEach(tool -> tool(json, tool));
    json.endArray().endObject().endArray();
    json.name("toolConfig").object().name("functionCallingConfig").object().name("mode");
    switch (conversation.toolChoice()) {
      case ToolChoice.Auto _ -> json.value("AUTO");
      case ToolChoice.None _ -> json.value("NONE");
      case ToolChoice.Required _ -> json.value("ANY");
      case ToolChoice.Named(var name) ->
        json.value("ANY").name("allowedFunctionNames").array().value(name).endArray();
    }
    json.endObject().endObject();
  }

  private static void tool(JsonWriter json, Tool tool) {
    json.object().name("name").value(tool.name());
    tool.description().ifPresent(text -> json.name("description").value(text));
    json.name("parametersJsonSchema").raw(tool.parameters()).endObject();
  }

  private static void settings(JsonWriter json, Settings settings) {
    settings.maxTokens().ifPresent(number -> json.name("maxOutputTokens").value(number));
    number(json, "temperature", settings.temperature());
    number(json, "topP", settings.topP());
    settings.topK().ifPresent(number -> json.name("topK").value(number));
    settings.seed().ifPresent(number -> json.name("seed").value(number));
    number(json, "frequencyPenalty", settings.frequencyPenalty());
    number(json, "presencePenalty", settings.presencePenalty());
    if (!settings.stop().isEmpty()) {
      json.name("stopSequences").array();
      settings.stop().forEach(json::value);
      json.endArray();
    }
    if (settings.choices() > 1) {
      json.name("candidateCount").value(settings.choices());
    }
  }

  private static void number(JsonWriter json, String name, Optional<String> number) {
    number.ifPresent(text -> json.name(name).raw(text.getBytes(US_ASCII)));
  }

  private static void format(JsonWriter json, OutputFormat format) {
    switch (format) {
      case OutputFormat.PlainText _ -> {}
      case OutputFormat.JsonObject _ -> json.name("responseMimeType").value("application/json");
      case OutputFormat.JsonSchema wanted -> {
        json.name("responseMimeType").value("application/json");
        json.name("responseJsonSchema").raw(wanted.schema());
      }
    }
  }

  private static void thinking(JsonWriter json, Settings settings, String model) {
    var effort = settings.reasoningEffort();
    if (settings.reasoningTokens().isEmpty() && effort.isEmpty()) {
      return;
    }
    json.name("thinkingConfig").object();
    if (settings.reasoningTokens().isPresent()) {
      json.name("thinkingBudget").value(settings.reasoningTokens().get());
    } else if (budgeted(model)) {
      json.name("thinkingBudget").value(budget(effort.orElseThrow()));
    } else {
      json.name("thinkingLevel").value(level(effort.orElseThrow()));
    }
    // what is thought is shown where thinking was asked for
    json.name("includeThoughts").value(!List.of("none").contains(effort.orElse("")));
    json.endObject();
  }

  /** As Google's own OpenAI-compatible endpoint reads the efforts. */
  private static long budget(String effort) {
    return switch (effort) {
      case "none" -> 0;
      case "minimal", "low" -> 1024;
      case "medium" -> 8192;
      default -> 24_576;
    };
  }

  private static String level(String effort) {
    return switch (effort) {
      case "none", "minimal" -> "minimal";
      case "low", "medium" -> effort;
      default -> "high";
    };
  }
}
