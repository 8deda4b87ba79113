package dev.weir.guardrail.stream;

import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The texts that one choice of a chunk adds to: every string in it, at any depth, but those that are sent whole and name
 * things of the protocol's own. Stateless. Source: OpenAI API reference, "The chat completion chunk object" (read
 * 2026-11-24).
 */
final class DeltaTexts {
  private static final Set<String> NO_TEXT = Set.of(
      "role",
      "type",
      "id",
      "name",
      "index",
      "finish_reason",
      "data",
      "signature",
      "format",
      "encrypted_content",
      "expires_at");

  private DeltaTexts() {}

  /**
   * One text and where it stands.
   *
   * @param path members by their names, places in lists by their numbers
   */
  record Delta(List<Object> path, JsonValue literal) {
    boolean spoken() {
      return path.size() <= 2
          && (path.getLast().equals("content") || path.getLast().equals("text"));
    }

    boolean json() {
      return path.getLast().equals("arguments") || path.getLast().equals("partial_json");
    }
  }

  static List<Delta> of(JsonValue choice) {
    var found = new ArrayList<Delta>(2);
    object(choice, List.of(), found);
    return found;
  }

  private static void object(JsonValue object, List<Object> path, List<Delta> found) {
    for (var member : object.members()) {
      member(member, path, found);
    }
  }

  private static void member(JsonMember member, List<Object> path, List<Delta> found) {
    var value = member.value();
    switch (value.type()) {
      case STRING -> {
        var name = member.name();
        if (!NO_TEXT.contains(name)) {
          found.add(new Delta(with(path, name), value));
        }
      }
      case OBJECT, ARRAY -> {
        if (!member.named("logprobs")) {
          value(value, with(path, member.name()), found);
        }
      }
      default -> {}
    }
  }

  private static void value(JsonValue value, List<Object> path, List<Delta> found) {
    switch (value.type()) {
      case STRING -> found.add(new Delta(path, value));
      case OBJECT -> object(value, path, found);
      case ARRAY -> {
        long position = 0;
        for (var element : value.elements()) {
          var index = element.find("index");
          value(
              element,
              with(path, index == null ? position : index.asLong().orElse(position)),
              found);
          position++;
        }
      }
      default -> {}
    }
  }

  private static List<Object> with(List<Object> path, Object step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
