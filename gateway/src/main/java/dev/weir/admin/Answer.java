package dev.weir.admin;

import dev.weir.store.Page;
import dev.weir.store.Row;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operation answers with. Immutable by contract.
 *
 * @param document empty: no body
 */
record Answer(int status, Optional<JsonNode> document, Optional<String> etag) {
  private static final JsonMapper JSON = new JsonMapper();

  static Answer ok(JsonNode document) {
    return new Answer(200, Optional.of(document), Optional.empty());
  }

  static Answer of(int status, Row row) {
    return new Answer(status, Optional.of(row.document()), Optional.of(etag(row)));
  }

  /** An object with a member that is shown this once. */
  static Answer of(int status, Row row, String name, String secret) {
    var document = row.document().deepCopy().put(name, secret);
    return new Answer(status, Optional.of(document), Optional.of(etag(row)));
  }

  static <T> Answer page(Page<T> page, Function<T, JsonNode> form) {
    var document = JSON.createObjectNode();
    var entries = document.putArray("data");
    page.entries().forEach(entry -> entries.add(form.apply(entry)));
    document.put("next_cursor", page.next().orElse(null));
    return ok(document);
  }

  static Answer nothing() {
    return new Answer(204, Optional.empty(), Optional.empty());
  }

  static String etag(Row row) {
    return "\"" + row.version() + "\"";
  }
}
