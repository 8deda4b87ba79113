package dev.weir.admin;

import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The contract as one page for people, made once: plain HTML, without any script. Immutable. */
final class DocsPage {
  private final JsonNode document;
  private final AdminContract contract;
  private final StringBuilder out = new StringBuilder(1 << 16);

  DocsPage(AdminContract contract) {
    this.contract = contract;
    this.document = contract.document();
  }

  /** The whole page. */
  String html() {
    out.setLength(0);
    var title = document.at("/info/title").asString();
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element("title", title);
    out.append("<link rel=\"stylesheet\" href=\"/docs.css\">\n</head>\n<body>\n");
    navigation();
    out.append("<main>\n");
    element("h1", title);
    prose(document.at("/info/description").asString());
    out.append("<pre>curl -H \"Authorization: Bearer $TOKEN\" http://localhost:8001")
        .append(AdminPlane.BASE)
        .append("/tenants</pre>\n");
    operations();
    schemas();
    out.append("</main>\n</body>\n</html>\n");
    return out.toString();
  }

  private void navigation() {
    out.append("<nav>\n<a href=\"/openapi.json\">openapi.json</a>\n");
    var seen = "";
    for (var operation : contract.operations()) {
      if (!operation.resource().equals(seen)) {
        seen = operation.resource();
        link(seen, seen.replace('_', ' '));
      }
    }
    link("schemas", "schemas");
    out.append("</nav>\n");
  }

  private void link(String anchor, String text) {
    out.append("<a href=\"#").append(escaped(anchor)).append("\">");
    out.append(escaped(text)).append("</a>\n");
  }

  private void operations() {
    var seen = "";
    for (var operation : contract.operations()) {
      if (!operation.resource().equals(seen)) {
        seen = operation.resource();
        out.append("<h2 id=\"").append(escaped(seen)).append("\">");
        out.append(escaped(seen.replace('_', ' '))).append("</h2>\n");
      }
      operation(operation);
    }
  }

  private void operation(AdminOperation operation) {
    var node = document
        .at("/paths")
        .get(operation.path())
        .get(operation.method().toLowerCase(Locale.ROOT));
    out.append("<section>\n<h3><b class=\"").append(operation.method().toLowerCase(Locale.ROOT));
    out.append("\">").append(operation.method()).append("</b> <code>");
    out.append(escaped(AdminPlane.BASE + operation.path())).append("</code></h3>\n");
    prose(node.path("summary").asString(""));
    out.append("<p class=\"facts\">role <b>")
        .append(operation.role().name().toLowerCase(Locale.ROOT))
        .append("</b>");
    if (operation.reach() == AdminOperation.Reach.GATEWAY) {
      out.append(" of the whole gateway");
    }
    if (!operation.query().isEmpty()) {
      out.append(" · query ");
      operation
          .query()
          .forEach(one -> out.append("<code>").append(escaped(one.name())).append("</code> "));
    }
    operation.bodySchema().ifPresent(name -> {
      out.append(" · body ");
      link("schema-" + name, name);
    });
    out.append(" · answers ")
        .append(escaped(String.join(", ", node.path("responses").propertyNames())))
        .append("</p>\n</section>\n");
  }

  private void schemas() {
    out.append("<h2 id=\"schemas\">schemas</h2>\n");
    var sorted = new TreeMap<String, JsonNode>();
    document
        .at("/components/schemas")
        .properties()
        .forEach(one -> sorted.put(one.getKey(), one.getValue()));
    sorted.forEach((name, schema) -> {
      out.append("<section id=\"schema-").append(escaped(name)).append("\">\n");
      element("h3", name);
      out.append("<pre>").append(escaped(schema.toPrettyString())).append("</pre>\n</section>\n");
    });
  }

  /** A paragraph, with what stands between backticks as code. */
  private void prose(String text) {
    var parts = text.split("`", -1);
    out.append("<p>");
    for (var i = 0; i < parts.length; i++) {
      out.append(i % 2 == 0 ? "" : "<code>").append(escaped(parts[i]));
      out.append(i % 2 == 0 ? "" : "</code>");
    }
    out.append("</p>\n");
  }

  private void element(String name, String text) {
    out.append('<').append(name).append('>').append(escaped(text));
    out.append("</").append(name).append(">\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
