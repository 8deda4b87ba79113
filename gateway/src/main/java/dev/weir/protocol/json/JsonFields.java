package dev.weir.protocol.json;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object's members, each read as the type it must have; a null counts as absent. Immutable.
 *
 * @param path where the object stands in its document ({@code messages[2]}); empty for the document itself
 * @param author who wrote it, and so who is told when it is wrong
 */
public record JsonFields(JsonValue object, String path, Author author) {
  /** Who wrote a document. */
  public enum Author {
    CLIENT,
    UPSTREAM
  }

  /** The members of a whole document. */
  public static JsonFields of(JsonObject document, Author author) {
    var bytes = document.document();
    var end = bytes.length;
    while (bytes[end - 1] != '}') {
      end--;
    }
    return new JsonFields(new JsonValue(bytes, document.start(), end), "", author);
  }

  /** The members of an upstream's document, or of a part of one. */
  public static JsonFields ofUpstream(byte[] source, int from, int to) {
    try {
      var document = JsonObject.read(source, from, to);
      var end = to;
      while (source[end - 1] != '}') {
        end--;
      }
      return new JsonFields(new JsonValue(source, document.start(), end), "", Author.UPSTREAM);
    } catch (GatewayException notJson) {
      throw upstream(notJson.text());
    }
  }

  /** A member that is there and not null. */
  public Optional<JsonValue> value(String name) {
    return Optional.ofNullable(present(name));
  }

  /** The names of all members, in order. */
  public List<String> names() {
    var names = new ArrayList<String>();
    for (var member : object.members()) {
      names.add(member.name());
    }
    return names;
  }

  public Optional<String> text(String name) {
    return typed(name, JsonValue.Type.STRING, "a string").map(JsonValue::asString);
  }

  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** A number as it was written: never through a double. */
  public Optional<String> number(String name) {
    return typed(name, JsonValue.Type.NUMBER, "a number")
        .map(value -> new String(value.bytes(), java.nio.charset.StandardCharsets.US_ASCII));
  }

  public Optional<Long> integer(String name) {
    return typed(name, JsonValue.Type.NUMBER, "an integer").map(value -> {
      var number = value.asLong();
      if (number.isEmpty()) {
        throw wrong(name, "must be an integer");
      }
      return number.getAsLong();
    });
  }

  public Optional<Boolean> flag(String name) {
    return typed(name, JsonValue.Type.BOOLEAN, "a boolean").map(JsonValue::asBoolean);
  }

  public Optional<JsonFields> object(String name) {
    return typed(name, JsonValue.Type.OBJECT, "an object")
        .map(value -> new JsonFields(value, at(name), author));
  }

  public JsonFields requiredObject(String name) {
    return object(name).orElseThrow(() -> missing(name));
  }

  /** The elements of an array; none when it is absent. */
  public List<JsonValue> list(String name) {
    var elements = new ArrayList<JsonValue>();
    typed(name, JsonValue.Type.ARRAY, "an array")
        .ifPresent(value -> value.elements().forEach(elements::add));
    return elements;
  }

  /** The same where each must be an object. */
  public List<JsonFields> objects(String name) {
    var objects = new ArrayList<JsonFields>();
    var position = 0;
    for (var element : list(name)) {
      var at = at(name) + "[" + position++ + "]";
      if (!element.is(JsonValue.Type.OBJECT)) {
        throw failure(at, "must be an object");
      }
      objects.add(new JsonFields(element, at, author));
    }
    return objects;
  }

  /** The same where each must be a string. */
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var element : list(name)) {
      if (!element.is(JsonValue.Type.STRING)) {
        throw failure(at(name) + "[" + texts.size() + "]", "must be a string");
      }
      texts.add(element.asString());
    }
    return texts;
  }

  /** The failure for a member that is not there. */
  public GatewayException missing(String name) {
    return failure(at(name), "is missing");
  }

  /** The failure for a member that is not as it must be. */
  public GatewayException wrong(String name, String must) {
    return failure(at(name), must);
  }

  /** Where a member stands in the document. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private @Nullable JsonValue present(String name) {
    var value = object.find(name);
    return value == null || value.isNull() ? null : value;
  }

  private Optional<JsonValue> typed(String name, JsonValue.Type type, String expected) {
    var value = present(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.is(type)) {
      throw wrong(
          name,
          "must be " + expected + ", not of type " + value.type().name().toLowerCase(Locale.ROOT));
    }
    return Optional.of(value);
  }

  private GatewayException failure(String where, String must) {
    return switch (author) {
      case CLIENT ->
        GatewayException.of(ErrorCode.INVALID_VALUE, "'" + where + "' " + must + ".")
            .param(where);
      case UPSTREAM -> upstream("'" + where + "' " + must);
    };
  }

  private static GatewayException upstream(String detail) {
    return UpstreamFailures.invalidAnswer().detail(detail);
  }
}
