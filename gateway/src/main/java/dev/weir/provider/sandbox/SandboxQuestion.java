package dev.weir.provider.sandbox;

import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.openai.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox reads of a chat request. Immutable.
 *
 * @param said the last user message's text
 * @param toolResult the last message's text when it is a tool's
 * @param tools names of the functions offered, with the schemas of their parameters
 * @param promptTokens words in all messages
 * @param maxTokens most words of an answer; absent: no limit
 */
record SandboxQuestion(
    String said,
    Optional<String> toolResult,
    List<Tool> tools,
    Optional<JsonValue> schema,
    int choices,
    long promptTokens,
    long maxTokens,
    List<String> stops,
    boolean stream,
    boolean usage,
    boolean parallelTools) {
  /** A function on offer. */
  record Tool(String name, @Nullable JsonValue parameters) {}

  static SandboxQuestion read(byte[] body) {
    var request = ChatRequest.read(body);
    var document = request.document();
    var said = "";
    var toolResult = Optional.<String>empty();
    var words = 0L;
    var messages = document.find("messages");
    if (messages != null) {
      for (var message : messages.elements()) {
        var text = text(message.find("content"));
        words += SandboxAnswer.count(text);
        var role = string(message.find("role"));
        if (role.equals("user")) {
          said = text;
        }
        toolResult = role.equals("tool") ? Optional.of(text) : Optional.empty();
      }
    }
    return new SandboxQuestion(
        said,
        toolResult,
        tools(document.find("tools")),
        schema(document.find("response_format")),
        request.choices(),
        words,
        Math.min(
            number(document.find("max_tokens"), Long.MAX_VALUE),
            number(document.find("max_completion_tokens"), Long.MAX_VALUE)),
        stops(document.find("stop")),
        request.stream(),
        request.usageAsked(),
        !isFalse(document.find("parallel_tool_calls")));
  }

  private static String text(@Nullable JsonValue content) {
    if (content == null) {
      return "";
    }
    if (content.is(JsonValue.Type.ARRAY)) {
      var joined = new StringBuilder();
      for (var part : content.elements()) {
        joined.append(part.is(JsonValue.Type.OBJECT) ? string(part.find("text")) : "");
      }
      return joined.toString();
    }
    return string(content);
  }

  private static List<Tool> tools(@Nullable JsonValue offered) {
    var found = new ArrayList<Tool>();
    if (offered != null && offered.is(JsonValue.Type.ARRAY)) {
      for (var tool : offered.elements()) {
        var function = tool.is(JsonValue.Type.OBJECT) ? tool.find("function") : null;
        if (function != null && function.is(JsonValue.Type.OBJECT)) {
          found.add(new Tool(string(function.find("name")), function.find("parameters")));
        }
      }
    }
    return List.copyOf(found);
  }

  private static Optional<JsonValue> schema(@Nullable JsonValue format) {
    if (format == null || !format.is(JsonValue.Type.OBJECT)) {
      return Optional.empty();
    }
    var wrapper = format.find("json_schema");
    return wrapper != null && wrapper.is(JsonValue.Type.OBJECT)
        ? Optional.ofNullable(wrapper.find("schema"))
        : Optional.empty();
  }

  private static List<String> stops(@Nullable JsonValue stop) {
    if (stop == null) {
      return List.of();
    }
    if (stop.is(JsonValue.Type.STRING)) {
      return List.of(stop.asString());
    }
    var found = new ArrayList<String>();
    if (stop.is(JsonValue.Type.ARRAY)) {
      for (var element : stop.elements()) {
        found.add(string(element));
      }
    }
    found.removeIf(String::isEmpty);
    return List.copyOf(found);
  }

  private static String string(@Nullable JsonValue value) {
    return value != null && value.is(JsonValue.Type.STRING) ? value.asString() : "";
  }

  private static long number(@Nullable JsonValue value, long otherwise) {
    return value == null ? otherwise : value.asLong().orElse(otherwise);
  }

  private static boolean isFalse(@Nullable JsonValue value) {
    return value != null && value.is(JsonValue.Type.BOOLEAN) && !value.isTrue();
  }
}
