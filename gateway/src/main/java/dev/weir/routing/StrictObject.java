package dev.weir.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One object of an operator's document, of which nothing may be left unread. Not thread-safe. */
final class StrictObject {
  private final JsonValue value;
  private final String path;
  private final Set<String> known = new LinkedHashSet<>();

  private StrictObject(JsonValue value, String path) {
    this.value = value;
    this.path = path;
  }

  /** The outermost object of a document. */
  static StrictObject document(String json, String path) {
    var bytes = json.strip().getBytes(UTF_8);
    try {
      var document = JsonObject.read(bytes);
      return new StrictObject(new JsonValue(bytes, document.start(), bytes.length), path);
    } catch (GatewayException bad) {
      throw new InvalidDocument(path, "Must be a JSON object: " + bad.text());
    }
  }

  static StrictObject of(JsonValue value, String path) {
    if (!value.is(JsonValue.Type.OBJECT)) {
      throw new InvalidDocument(path, "Must be an object, not " + typeOf(value) + ".");
    }
    return new StrictObject(value, path);
  }

  String path() {
    return path;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return value.find(name) != null;
  }

  Optional<JsonValue> optional(String name) {
    known.add(name);
    return Optional.ofNullable(value.find(name));
  }

  JsonValue required(String name) {
    return optional(name)
        .orElseThrow(() -> new InvalidDocument(path(name), "Is missing and must be given."));
  }

  Optional<String> optionalText(String name, int longest) {
    return optional(name).map(text -> text(text, path(name), longest));
  }

  String text(String name, int longest) {
    return text(required(name), path(name), longest);
  }

  static String text(JsonValue value, String path, int longest) {
    if (!value.is(JsonValue.Type.STRING)) {
      throw new InvalidDocument(path, "Must be a string, not " + typeOf(value) + ".");
    }
    var text = value.asString();
    if (text.isBlank() || text.length() > longest) {
      throw new InvalidDocument(path, "Must be a string of 1 to " + longest + " characters.");
    }
    return text;
  }

  /** An array's elements, at least one. */
  List<JsonValue> list(String name, int most) {
    return list(required(name), path(name), most);
  }

  static List<JsonValue> list(JsonValue value, String path, int most) {
    if (!value.is(JsonValue.Type.ARRAY)) {
      throw new InvalidDocument(path, "Must be an array, not " + typeOf(value) + ".");
    }
    var elements = new ArrayList<JsonValue>();
    value.elements().forEach(elements::add);
    if (elements.isEmpty() || elements.size() > most) {
      throw new InvalidDocument(
          path, "Must hold 1 to " + most + " elements; it holds " + elements.size() + ".");
    }
    return elements;
  }

  /** The members of an object whose names are the operator's own, at least one. */
  List<String> names(int most) {
    var names = new ArrayList<String>();
    value.members().forEach(member -> names.add(member.name()));
    if (names.isEmpty() || names.size() > most) {
      throw new InvalidDocument(path, "Must hold 1 to " + most + " members.");
    }
    return names;
  }

  /** A whole number from 0 on. */
  static long count(JsonValue value, String path) {
    var number = value.asLong();
    if (number.isEmpty() || number.getAsLong() < 0) {
      throw new InvalidDocument(path, "Must be a whole number from 0 on.");
    }
    return number.getAsLong();
  }

  /** To be called last: refuses members that nothing has asked for. */
  void end() {
    for (var member : value.members()) {
      if (!known.contains(member.name())) {
        throw new InvalidDocument(
            path(member.name()),
            "Unknown field; here may stand: " + String.join(", ", known) + ".");
      }
    }
  }

  static String typeOf(JsonValue value) {
    return value.type().name().toLowerCase(Locale.ROOT);
  }
}
