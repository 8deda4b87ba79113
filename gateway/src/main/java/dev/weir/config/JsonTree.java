package dev.weir.config;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Turns what was written into JSON: a plain word that looks like a number or a truth is one, a quoted one is text. Stateless. */
final class JsonTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NUMBER = "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?";

  private JsonTree() {}

  static JsonNode of(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Nothing _ -> JSON.nullNode();
      case ConfigNode.Scalar scalar -> scalar(scalar);
      case ConfigNode.Sequence list -> {
        var array = JSON.arrayNode();
        list.elements().forEach(element -> array.add(of(element)));
        yield array;
      }
      case ConfigNode.Mapping section -> {
        var object = JSON.objectNode();
        section.members().forEach((key, value) -> object.set(key, of(value)));
        yield object;
      }
    };
  }

  private static JsonNode scalar(ConfigNode.Scalar scalar) {
    var text = scalar.text();
    if (scalar.quoted()) {
      return JSON.stringNode(text);
    }
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    if (!text.matches(NUMBER)) {
      return JSON.stringNode(text);
    }
    return text.contains(".")
        ? JSON.numberNode(new BigDecimal(text))
        : JSON.numberNode(Long.parseLong(text));
  }
}
