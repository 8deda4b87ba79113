package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.util.ArrayList;
import java.util.List;

/**
 * A moderation request: which texts are to be judged, each on its own. Immutable. Source: OpenAI API reference, "Create
 * moderation" (read 2026-11-24).
 *
 * @param model as the client named it; OpenAI's default when it named none
 */
public record ModerationRequest(String model, List<String> texts) {
  /** The most texts in one request. */
  public static final int MOST_TEXTS = 1000;

  private static final String DEFAULT_MODEL = "omni-moderation-latest";

  public ModerationRequest {
    texts = List.copyOf(texts);
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON, or INVALID_VALUE naming the field at fault
   */
  public static ModerationRequest read(byte[] body) {
    var document = JsonObject.read(body);
    var model = RequestFields.present(document.find("model")) == null
        ? DEFAULT_MODEL
        : RequestFields.model(document);
    var input = RequestFields.required(document, "input");
    return switch (input.type()) {
      case STRING -> new ModerationRequest(model, List.of(input.asString()));
      case ARRAY -> new ModerationRequest(model, texts(input));
      default ->
        throw RequestFields.wrongType("input", "a string, or an array of strings or parts", input);
    };
  }

  /** Strings are judged one by one; the parts of a message are one text. */
  private static List<String> texts(JsonValue input) {
    if (input.isEmpty()) {
      throw RequestFields.invalid("input", "'input' must not be empty.");
    }
    var texts = new ArrayList<String>();
    var parts = new ArrayList<String>();
    int i = 0;
    for (var element : input.elements()) {
      switch (element.type()) {
        case STRING -> texts.add(element.asString());
        case OBJECT -> parts.add(part(element, i));
        default -> throw RequestFields.wrongType("input[" + i + "]", "a string or a part", element);
      }
      i++;
    }
    if (i > MOST_TEXTS) {
      throw RequestFields.invalid("input", "'input' must hold at most " + MOST_TEXTS + " texts.");
    }
    if (!parts.isEmpty() && !texts.isEmpty()) {
      throw RequestFields.invalid("input", "'input' must not mix strings and parts.");
    }
    return parts.isEmpty() ? texts : List.of(String.join("\n", parts));
  }

  private static String part(JsonValue part, int i) {
    var type = part.find("type");
    var text = part.find("text");
    if (type != null
        && type.is(JsonValue.Type.STRING)
        && type.asString().equals("text")
        && text != null
        && text.is(JsonValue.Type.STRING)) {
      return text.asString();
    }
    throw RequestFields.invalid(
        "input[" + i + "]", "Only parts of the type text can be judged here: images are not read.");
  }
}
