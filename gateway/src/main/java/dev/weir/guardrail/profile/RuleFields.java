package dev.weir.guardrail.profile;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one rule, read by name; every complaint names the path and what was expected. Not thread-safe. */
final class RuleFields {
  private static final Set<String> KNOWN = Set.of(
      "guardrail",
      "action",
      "directions",
      "roles",
      "categories",
      "threshold",
      "mandatory",
      "redaction",
      "on_error",
      "on_oversize",
      "timeout_ms",
      "block_as",
      "allow",
      "config");

  private final JsonValue rule;
  private final String path;

  RuleFields(JsonValue rule, String path) {
    this.rule = rule;
    this.path = path;
    if (!rule.is(JsonValue.Type.OBJECT)) {
      throw new InvalidDocument(path, "A rule must be an object.");
    }
    for (JsonMember member : rule.members()) {
      if (!KNOWN.contains(member.name())) {
        throw new InvalidDocument(
            path + "." + member.name(),
            "A rule has no such field; it may have "
                + String.join(", ", KNOWN.stream().sorted().toList()) + ".");
      }
    }
  }

  String at(String name) {
    return path + "." + name;
  }

  /** A member that is there and not null. */
  @Nullable
  JsonValue find(String name) {
    var value = rule.find(name);
    return value == null || value.isNull() ? null : value;
  }

  String text(String name) {
    var value = find(name);
    if (value == null || !value.is(JsonValue.Type.STRING)) {
      throw new InvalidDocument(at(name), "A string is expected here.");
    }
    return value.asString();
  }

  boolean flag(String name) {
    var value = find(name);
    if (value != null && !value.is(JsonValue.Type.BOOLEAN)) {
      throw new InvalidDocument(at(name), "true or false is expected here.");
    }
    return value != null && value.isTrue();
  }

  /** One of an enum's words in lower case; the default when absent. */
  <E extends Enum<E>> E word(String name, Class<E> type, E otherwise) {
    return find(name) == null ? otherwise : parse(text(name), at(name), type);
  }

  /** Several of an enum's words; the default when absent. */
  <E extends Enum<E>> Set<E> words(String name, Class<E> type, Set<E> otherwise) {
    if (find(name) == null) {
      return otherwise;
    }
    var found = EnumSet.noneOf(type);
    int i = 0;
    for (var word : texts(name)) {
      found.add(parse(word, at(name) + "[" + i++ + "]", type));
    }
    return found;
  }

  /** The strings of an array that is not empty. */
  Set<String> texts(String name) {
    var value = find(name);
    if (value == null || !value.is(JsonValue.Type.ARRAY) || value.isEmpty()) {
      throw new InvalidDocument(at(name), "A list of strings is expected here, not an empty one.");
    }
    var found = new LinkedHashSet<String>();
    int i = 0;
    for (var element : value.elements()) {
      if (!element.is(JsonValue.Type.STRING)) {
        throw new InvalidDocument(at(name) + "[" + i + "]", "A string is expected here.");
      }
      found.add(element.asString());
      i++;
    }
    return found;
  }

  private static <E extends Enum<E>> E parse(String word, String path, Class<E> type) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      var name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(word)) {
        return constant;
      }
      words.add(name);
    }
    throw new InvalidDocument(path, "One of " + String.join(", ", words) + " is expected here.");
  }
}
