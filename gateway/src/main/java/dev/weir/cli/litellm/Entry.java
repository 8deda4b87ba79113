package dev.weir.cli.litellm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A value of a YAML file with its place. Immutable by contract.
 *
 * @param line from 1
 * @param path {@code model_list[0].litellm_params.model}
 * @param text of a scalar; empty for what is none
 * @param members of a section, in their order
 * @param elements of a list
 */
record Entry(
    int line,
    String path,
    Optional<String> text,
    Map<String, Entry> members,
    List<Entry> elements) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is not YAML
   */
  static Entry read(String yaml) {
    try (var parser = YAML.createParser(yaml)) {
      var first = parser.nextToken();
      return first == null ? none() : value(parser, "");
    } catch (JacksonException wrong) {
      throw new IllegalArgumentException(
          "not YAML, line " + wrong.getLocation().getLineNr() + ": "
              + wrong.getOriginalMessage().lines().findFirst().orElse(""),
          wrong);
    }
  }

  /** Nothing there. */
  static Entry none() {
    return new Entry(0, "", Optional.empty(), Map.of(), List.of());
  }

  private static Entry value(JsonParser parser, String path) {
    var line = parser.currentTokenLocation().getLineNr();
    var members = new LinkedHashMap<String, Entry>();
    var elements = new ArrayList<Entry>();
    var token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        var _ = parser.nextToken();
        members.put(name, value(parser, path.isEmpty() ? name : path + "." + name));
      }
    } else if (token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser, path + "[" + elements.size() + "]"));
      }
    } else if (token != JsonToken.VALUE_NULL) {
      return new Entry(line, path, Optional.of(parser.getString().strip()), members, elements);
    }
    return new Entry(line, path, Optional.empty(), members, elements);
  }

  /** A member; one that is not there has nothing in it. */
  Entry at(String name) {
    return members.getOrDefault(name, none());
  }

  boolean isThere() {
    return line > 0;
  }

  Optional<String> text(String name) {
    return at(name).text().filter(value -> !value.isEmpty());
  }

  boolean isTrue() {
    return text.filter("true"::equalsIgnoreCase).isPresent();
  }
}
