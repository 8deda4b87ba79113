package dev.weir.protocol.conversation;

import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A piece of a turn. Immutable. */
public sealed interface Part {
  /**
   * Reads a member that is a text, or an array of parts in a client's own protocol; none where it is absent.
   *
   * @param parts what the protocol calls them
   * @param each reads one
   * @throws dev.weir.protocol.GatewayException INVALID_VALUE naming the member
   */
  static List<Part> read(
      JsonFields holder, String name, String parts, Function<JsonFields, Part> each) {
    var content = holder.value(name);
    if (content.isEmpty()) {
      return List.of();
    }
    if (content.get().is(JsonValue.Type.STRING)) {
      return List.of(new Text(content.get().asString()));
    }
    if (!content.get().is(JsonValue.Type.ARRAY)) {
      throw holder.wrong(name, "must be a string or an array of " + parts);
    }
    return holder.objects(name).stream().map(each).toList();
  }

  /**
   * Text.
   *
   * @param cacheUntilHere whether the client marked the prompt up to here for the provider's cache
   */
  record Text(String text, CacheMark cacheUntilHere) implements Part {
    public Text(String text) {
      this(text, CacheMark.NONE);
    }
  }

  /** @param detail low, high, auto, where a client says so */
  record Image(Media media, Optional<String> detail) implements Part {}

  record Document(Media media, Optional<String> fileName) implements Part {}

  /** @param format wav, mp3 */
  record Audio(Media media, String format) implements Part {}

  /**
   * What the model thought before it answered.
   *
   * @param signature by which the provider knows its own thought again; kept byte for byte
   */
  record Reasoning(String text, Optional<String> signature) implements Part {}

  /** A thought that only the provider can read; kept byte for byte. */
  record SealedReasoning(String content) implements Part {}

  /**
   * The model asks for a tool.
   *
   * @param arguments a JSON document as the model wrote it; may be empty, which means no arguments
   * @param signature of a provider that signs its calls (Gemini's thought signature); kept byte for byte
   */
  record ToolCall(String id, String name, String arguments, Optional<String> signature)
      implements Part {}

  /** What a tool answered. */
  record ToolResult(String callId, String toolName, List<Part> content, Outcome outcome)
      implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /** The model declined. */
  record Refusal(String text) implements Part {}

  /** Whether a prompt is to be cached up to a point. */
  enum CacheMark {
    NONE,
    EPHEMERAL,
    ONE_HOUR
  }

  /** How a tool fared. */
  enum Outcome {
    SUCCESS,
    FAILURE
  }
}
