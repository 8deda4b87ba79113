package dev.weir.provider.sandbox;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox says. Immutable.
 *
 * @param reasoning words thought before, for {@code sandbox-reasoning}
 * @param pieces the answer's words, each with the white space that follows it
 * @param calls functions called instead
 * @param finish OpenAI's finish reason
 */
record SandboxAnswer(List<String> reasoning, List<String> pieces, List<Call> calls, String finish) {
  private static final int LONG_WORDS = 200;

  /** Most choices of a request, as OpenAI has it (API reference, read 2026-11-24). */
  static final int MOST_CHOICES = 128;

  /** Most words of all choices of an answer together. */
  static final long MOST_WORDS = 65_536;

  /** Most characters of the same. */
  static final long MOST_CHARACTERS = 16L << 20;

  /** A function called, its arguments as a JSON text. */
  record Call(String id, String name, String arguments) {}

  static SandboxAnswer of(String model, SandboxQuestion question) {
    if (model.equals("sandbox-tools")) {
      return tools(question);
    }
    var text = switch (model) {
      case "sandbox-json" -> example(question.schema().orElse(null));
      case "sandbox-long" -> "word ".repeat(LONG_WORDS).strip();
      default -> question.said();
    };
    return limited(
        model.equals("sandbox-reasoning")
            ? words("The user said this. It is said back.")
            : List.of(),
        text,
        question);
  }

  private static SandboxAnswer tools(SandboxQuestion question) {
    if (question.toolResult().isPresent()) {
      return limited(List.of(), question.toolResult().get(), question);
    }
    if (question.tools().isEmpty()) {
      return limited(List.of(), question.said(), question);
    }
    var most = question.parallelTools() ? Math.min(2, question.tools().size()) : 1;
    var calls = new ArrayList<Call>();
    for (var i = 0; i < most; i++) {
      var tool = question.tools().get(i);
      var arguments = example(tool.parameters());
      requireBounded(arguments, question);
      calls.add(new Call("call_sandbox_" + i, tool.name(), arguments));
    }
    return new SandboxAnswer(List.of(), List.of(), calls, "tool_calls");
  }

  private static SandboxAnswer limited(
      List<String> reasoning, String text, SandboxQuestion question) {
    var kept = text;
    for (var stop : question.stops()) {
      var at = kept.indexOf(stop);
      kept = at < 0 ? kept : kept.substring(0, at);
    }
    requireBounded(kept, question);
    var all = words(kept);
    if (all.size() > question.maxTokens()) {
      return new SandboxAnswer(
          reasoning, all.subList(0, (int) question.maxTokens()), List.of(), "length");
    }
    return new SandboxAnswer(reasoning, all, List.of(), "stop");
  }

  // what is asked for decides how much memory the answer takes, and nothing else bounds it here
  private static void requireBounded(String text, SandboxQuestion question) {
    if (question.choices() > MOST_CHOICES) {
      throw tooLarge("'n' must be at most " + MOST_CHOICES + " for the sandbox.", "n");
    }
    var words = count(text) * question.choices();
    if (words > MOST_WORDS || (long) text.length() * question.choices() > MOST_CHARACTERS) {
      throw tooLarge(
          "The sandbox answers with at most " + MOST_WORDS + " words and " + MOST_CHARACTERS
              + " characters in all choices together; this would be " + words + " words.",
          question.choices() > 1 ? "n" : "messages");
    }
  }

  private static GatewayException tooLarge(String message, String param) {
    return GatewayException.of(ErrorCode.UPSTREAM_INVALID_REQUEST, message).param(param);
  }

  String text() {
    return String.join("", pieces);
  }

  String thought() {
    return String.join("", reasoning);
  }

  /** Words of the answer: its text, its reasoning, the arguments of its calls. */
  long tokens() {
    var called =
        calls.stream().mapToLong(call -> words(call.arguments()).size()).sum();
    return pieces.size() + reasoning.size() + called;
  }

  /** How many words {@link #words} would make. */
  static long count(String text) {
    var found = 0L;
    var before = true;
    for (var i = 0; i < text.length(); i++) {
      var space = Character.isWhitespace(text.charAt(i));
      found += before && !space ? 1 : 0;
      before = space;
    }
    return found;
  }

  /** Splits after each run of white space, so that the pieces joined are the text. */
  static List<String> words(String text) {
    var found = new ArrayList<String>();
    var start = 0;
    var inSpace = false;
    var inWord = false;
    for (var i = 0; i < text.length(); i++) {
      var space = Character.isWhitespace(text.charAt(i));
      if (inSpace && !space && inWord) {
        found.add(text.substring(start, i));
        start = i;
      }
      inSpace = space;
      inWord |= !space;
    }
    if (start < text.length()) {
      found.add(text.substring(start));
    }
    return found;
  }

  /** A small document that a JSON Schema allows: required and other properties by their types. */
  static String example(@Nullable JsonValue schema) {
    var json = new JsonWriter();
    example(schema, json, 0);
    return new String(json.bytes(), StandardCharsets.UTF_8);
  }

  private static void example(@Nullable JsonValue schema, JsonWriter json, int depth) {
    var properties = property(schema, "properties");
    switch (depth > 8 ? "string" : type(schema)) {
      case "object" -> {
        json.object();
        if (properties != null && properties.is(JsonValue.Type.OBJECT)) {
          for (var member : properties.members()) {
            example(member.value(), json.name(member.name()), depth + 1);
          }
        }
        json.endObject();
      }
      case "array" -> json.array().endArray();
      case "integer", "number" -> json.value(1L);
      case "boolean" -> json.value(true);
      case "null" -> json.nullValue();
      default -> json.raw(firstEnum(schema));
    }
  }

  private static byte[] firstEnum(@Nullable JsonValue schema) {
    var values = property(schema, "enum");
    if (values != null && values.is(JsonValue.Type.ARRAY)) {
      for (var value : values.elements()) {
        return value.bytes();
      }
    }
    return JsonWriter.string("sandbox");
  }

  private static String type(@Nullable JsonValue schema) {
    var type = property(schema, "type");
    if (type != null && type.is(JsonValue.Type.STRING)) {
      return type.asString();
    }
    return schema == null || property(schema, "properties") != null ? "object" : "string";
  }

  private static @Nullable JsonValue property(@Nullable JsonValue schema, String name) {
    return schema != null && schema.is(JsonValue.Type.OBJECT) ? schema.find(name) : null;
  }
}
