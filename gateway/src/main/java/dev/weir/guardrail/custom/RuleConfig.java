package dev.weir.guardrail.custom;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule's {@code config} object, read strictly: what is unknown, missing or of another kind is refused with its path.
 * Immutable.
 *
 * @param path where it stands in the profile: {@code rules[2].config}
 */
record RuleConfig(JsonValue value, String path) {
  /** @param known all members that may stand in it */
  static RuleConfig of(JsonValue value, String path, Set<String> known) {
    if (!value.is(JsonValue.Type.OBJECT)) {
      throw new InvalidDocument(path, "Expected an object.");
    }
    for (var member : value.members()) {
      if (!known.contains(member.name())) {
        throw new InvalidDocument(
            path + "." + member.name(),
            "Unknown field; expected one of " + known.stream().sorted().toList() + ".");
      }
    }
    return new RuleConfig(value, path);
  }

  String at(String name) {
    return path + "." + name;
  }

  @Nullable
  JsonValue find(String name) {
    return value.find(name);
  }

  JsonValue required(String name) {
    var found = value.find(name);
    if (found == null) {
      throw new InvalidDocument(at(name), "This field is required.");
    }
    return found;
  }

  String text(String name) {
    var found = required(name);
    if (!found.is(JsonValue.Type.STRING)) {
      throw new InvalidDocument(at(name), "Expected a string.");
    }
    return found.asString();
  }

  /** One of some words; the first of them when it is absent. */
  String choice(String name, List<String> words) {
    var found = value.find(name);
    if (found == null) {
      return words.getFirst();
    }
    if (!found.is(JsonValue.Type.STRING) || !words.contains(found.asString())) {
      throw new InvalidDocument(at(name), "Expected one of " + words + ".");
    }
    return found.asString();
  }

  /** A whole number within bounds; -1 when it is absent. */
  long number(String name, long least, long most) {
    var found = value.find(name);
    if (found == null) {
      return -1;
    }
    var number = found.asLong();
    if (number.isEmpty() || number.getAsLong() < least || number.getAsLong() > most) {
      throw new InvalidDocument(
          at(name), "Expected a whole number from " + least + " to " + most + ".");
    }
    return number.getAsLong();
  }

  /** A list of strings, each of one to so many characters. */
  List<String> texts(String name, int mostTexts, int longest) {
    var found = required(name);
    if (!found.is(JsonValue.Type.ARRAY)) {
      throw new InvalidDocument(at(name), "Expected a list of strings.");
    }
    var texts = new ArrayList<String>();
    for (var element : found.elements()) {
      var where = at(name) + "[" + texts.size() + "]";
      if (texts.size() == mostTexts) {
        throw new InvalidDocument(where, "Expected at most " + mostTexts + " entries.");
      }
      if (!element.is(JsonValue.Type.STRING)
          || element.asString().isBlank()
          || element.asString().length() > longest) {
        throw new InvalidDocument(where, "Expected a string of 1 to " + longest + " characters.");
      }
      texts.add(element.asString());
    }
    if (texts.isEmpty()) {
      throw new InvalidDocument(at(name), "Expected at least one entry.");
    }
    return texts;
  }
}
