package dev.weir.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads YAML 1.2 as it was written, with the line of each value. Used by one thread. */
final class YamlReader {
  private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder().build());

  private final Path file;
  private final Variables variables;
  private final Problems problems;

  YamlReader(Path file, Variables variables, Problems problems) {
    this.file = file;
    this.variables = variables;
    this.problems = problems;
  }

  /** The document's section; an empty one for a file that says nothing. */
  ConfigNode.Mapping read(String text) {
    try (var parser = YAML.createParser(text)) {
      var first = parser.nextToken();
      var nothing = new ConfigNode.Mapping(Origin.line(file, 1), new LinkedHashMap<>(Map.of()));
      if (first == null || first == JsonToken.VALUE_NULL) {
        return nothing;
      }
      var node = node(parser, first, "");
      if (parser.nextToken() != null) {
        problems.add(origin(parser), "", "a second document, where one is read");
      }
      if (node instanceof ConfigNode.Mapping mapping) {
        return mapping;
      }
      problems.add(node.origin(), "", "must be a section with keys, and is " + node.kind());
      return nothing;
    } catch (JacksonException wrong) {
      throw notYaml(text, wrong);
    }
  }

  private ConfigNode node(JsonParser parser, JsonToken token, String path) {
    var origin = origin(parser);
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(origin, path, "anchors and aliases are not read; write the value out");
      return new ConfigNode.Nothing(origin);
    }
    return switch (token) {
      case START_OBJECT -> mapping(parser, origin, path);
      case START_ARRAY -> sequence(parser, origin, path);
      case VALUE_NULL -> new ConfigNode.Nothing(origin);
      default ->
        parser.getString().isEmpty()
            ? new ConfigNode.Nothing(origin)
            : variables.fill(
                new ConfigNode.Scalar(origin, parser.getString(), quoted(parser)), path, problems);
    };
  }

  private ConfigNode mapping(JsonParser parser, Origin origin, String path) {
    var members = new LinkedHashMap<String, ConfigNode>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var at = RecordReader.join(path, key);
      var keyOrigin = origin(parser);
      var value = node(parser, required(parser.nextToken()), at);
      // an empty value has its place behind the key, on whatever line comes next
      var placed = value instanceof ConfigNode.Nothing ? new ConfigNode.Nothing(keyOrigin) : value;
      if (members.putIfAbsent(key, placed) != null) {
        problems.add(keyOrigin, at, "is there twice");
      }
    }
    return new ConfigNode.Mapping(origin, members);
  }

  private ConfigNode sequence(JsonParser parser, Origin origin, String path) {
    var elements = new ArrayList<ConfigNode>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      elements.add(node(parser, required(token), path + "[" + elements.size() + "]"));
    }
    return new ConfigNode.Sequence(origin, elements);
  }

  private static JsonToken required(@Nullable JsonToken token) {
    if (token == null) {
      throw new IllegalStateException("the parser ended inside a value");
    }
    return token;
  }

  // numbers and booleans only come from plain words
  private static boolean quoted(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  private Origin origin(JsonParser parser) {
    return Origin.line(file, parser.currentTokenLocation().getLineNr());
  }

  private ConfigFailure notYaml(String text, JacksonException wrong) {
    var location = wrong.getLocation();
    var line = location == null ? 0 : location.getLineNr();
    var words = Optional.ofNullable(wrong.getOriginalMessage())
        .flatMap(message -> message.lines().findFirst())
        .orElse("");
    var written = text.split("\n", -1);
    var hint = line > 0 && line <= written.length && written[line - 1].contains("${")
        ? "; a value with ${…} beside brackets, colons or commas needs quotation marks"
        : "";
    return new ConfigFailure(Origin.line(file, line) + ": not YAML: " + words + hint);
  }
}
