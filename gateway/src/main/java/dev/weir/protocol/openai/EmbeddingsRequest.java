package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An embeddings request: the client's document, checked where the gateway reads it, untouched where it does not.
 *
 * <p>Immutable as long as nobody writes to the array it was read from. Source: OpenAI API reference, "Create embeddings"
 * (read 2026-11-24).
 */
public final class EmbeddingsRequest extends DocumentRequest {
  /** The most inputs in one request, as at OpenAI. */
  public static final int MAX_INPUTS = 2048;

  /** How the client wants the vectors. */
  public enum Encoding {
    FLOAT,
    BASE64
  }

  /** What is to be embedded. */
  public sealed interface Input {
    int count();

    record Texts(List<String> texts) implements Input {
      public Texts {
        texts = List.copyOf(texts);
      }

      @Override
      public int count() {
        return texts.size();
      }
    }

    /** Tokens of the model's own vocabulary: only a provider that has it can read them. */
    record Tokens(int count) implements Input {}
  }

  private final Encoding encoding;
  private final int dimensions;

  private EmbeddingsRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    checkInput(RequestFields.required(document, "input"));
    dimensions = RequestFields.positive(document, "dimensions", 0);
    encoding = encoding(document);
  }

  /** A request without headers. */
  public static EmbeddingsRequest read(byte[] body) {
    return read(body, List.of());
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field
   *     for what is no embeddings request
   */
  public static EmbeddingsRequest read(byte[] body, List<Map.Entry<String, String>> headers) {
    return new EmbeddingsRequest(JsonObject.read(body), headers);
  }

  @Override
  public Operation operation() {
    return Operation.EMBEDDINGS;
  }

  /** Never: embeddings come whole. */
  @Override
  public boolean stream() {
    return false;
  }

  public Encoding encoding() {
    return encoding;
  }

  /** The length of the vectors that the client wants; empty for the model's own. */
  public OptionalInt dimensions() {
    return dimensions == 0 ? OptionalInt.empty() : OptionalInt.of(dimensions);
  }

  @Override
  public EmbeddingsRequest with(byte[] body) {
    return read(body, headers());
  }

  /** What is to be embedded, read from the document at each call. */
  public Input input() {
    var input = RequestFields.required(document(), "input");
    if (input.is(JsonValue.Type.STRING)) {
      return new Input.Texts(List.of(input.asString()));
    }
    var texts = new ArrayList<String>();
    int lists = 0;
    for (var element : input.elements()) {
      switch (element.type()) {
        case STRING -> texts.add(element.asString());
        case ARRAY -> lists++;
        default -> {}
      }
    }
    return texts.isEmpty() ? new Input.Tokens(Math.max(1, lists)) : new Input.Texts(texts);
  }

  @Override
  public AnswerReader reader() {
    return new EmbeddingsAnswerReader();
  }

  private static Encoding encoding(JsonObject document) {
    var value = RequestFields.present(document.find("encoding_format"));
    if (value == null) {
      return Encoding.FLOAT;
    }
    if (!value.is(JsonValue.Type.STRING)) {
      throw RequestFields.wrongType("encoding_format", "a string", value);
    }
    return switch (value.asString()) {
      case "float" -> Encoding.FLOAT;
      case "base64" -> Encoding.BASE64;
      default ->
        throw RequestFields.invalid(
            "encoding_format", "'encoding_format' must be 'float' or 'base64'.");
    };
  }

  private static void checkInput(JsonValue input) {
    if (input.isEmptyString() || input.isEmpty()) {
      throw RequestFields.invalid("input", "'input' must not be empty.");
    }
    switch (input.type()) {
      case STRING -> {}
      case ARRAY -> checkElements(input);
      default ->
        throw RequestFields.wrongType("input", "a string, or an array of strings or tokens", input);
    }
  }

  /** Strings, tokens or lists of tokens, but never a mixture. */
  private static void checkElements(JsonValue input) {
    var expected = input.elements().iterator().next().type();
    int i = 0;
    for (var element : input.elements()) {
      if (!element.is(expected)) {
        throw RequestFields.invalid("input[" + i + "]", "'input' must not mix types.");
      }
      switch (expected) {
        case STRING -> checkText(element, i);
        case NUMBER -> checkToken(element, i);
        case ARRAY -> checkTokens(element, i);
        default -> throw RequestFields.wrongType("input[" + i + "]", "a string or tokens", element);
      }
      i++;
    }
    if (expected != JsonValue.Type.NUMBER && i > MAX_INPUTS) {
      throw RequestFields.invalid("input", "'input' must hold at most " + MAX_INPUTS + " inputs.");
    }
  }

  private static void checkText(JsonValue text, int i) {
    if (text.isEmptyString()) {
      throw RequestFields.invalid("input[" + i + "]", "'input' must not hold empty texts.");
    }
  }

  private static void checkTokens(JsonValue list, int i) {
    if (list.isEmpty()) {
      throw RequestFields.invalid("input[" + i + "]", "'input' must not hold empty lists.");
    }
    for (var token : list.elements()) {
      checkToken(token, i);
    }
  }

  private static void checkToken(JsonValue token, int i) {
    if (token.asLong().orElse(-1) < 0) {
      throw RequestFields.invalid(
          "input[" + i + "]", "'input' must hold strings, or tokens: integers from 0 on.");
    }
  }
}
