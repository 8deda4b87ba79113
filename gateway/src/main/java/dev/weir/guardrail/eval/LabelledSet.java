package dev.weir.guardrail.eval;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads {@code *.jsonl}: one object a line, {@code {"text": "…", "labels": ["toxicity.hate"]}} or {@code {"text": "…",
 * "label": "injection"}}; no label, an empty list, or {@code "clean"} for a text with nothing in it. Other members are
 * passed over. Stateless.
 */
public final class LabelledSet {
  private static final String CLEAN = "clean";

  private LabelledSet() {}

  /**
   * All lines of all files of a folder, in the order of their names; or of one file.
   *
   * @param known the ids that a label may name
   * @throws IOException when a file cannot be read, or a line is not as described: the message says where and what
   */
  public static List<LabelledText> read(Path place, Set<String> known) throws IOException {
    var texts = new ArrayList<LabelledText>();
    for (var file : files(place)) {
      int number = 0;
      for (var line : Files.readAllLines(file, UTF_8)) {
        number++;
        if (!line.isBlank()) {
          try {
            texts.add(text(line, known));
          } catch (GatewayException | IllegalArgumentException wrong) {
            throw new IOException(file + ", line " + number + ": " + wrong.getMessage(), wrong);
          }
        }
      }
    }
    if (texts.isEmpty()) {
      throw new IOException(
          place
              + " holds no labelled text\nexpected files *.jsonl with lines like {\"text\": \"…\", \"label\": \"injection\"}");
    }
    return texts;
  }

  private static List<Path> files(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    if (!Files.isDirectory(place)) {
      throw new IOException(place + " is neither a folder nor a file");
    }
    try (var inside = Files.list(place)) {
      return inside.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static LabelledText text(String line, Set<String> known) {
    var object = JsonObject.read(line.getBytes(UTF_8));
    var text = object.find("text");
    if (text == null || !text.is(JsonValue.Type.STRING)) {
      throw new IllegalArgumentException("\"text\" must be a string");
    }
    var labels = new TreeSet<String>();
    var one = object.find("label");
    if (one != null) {
      add(labels, one, known);
    }
    var many = object.find("labels");
    if (many != null) {
      if (!many.is(JsonValue.Type.ARRAY)) {
        throw new IllegalArgumentException("\"labels\" must be a list of guardrail ids");
      }
      many.elements().forEach(value -> add(labels, value, known));
    }
    return new LabelledText(text.asString(), labels);
  }

  private static void add(Set<String> labels, JsonValue value, Set<String> known) {
    if (value.isNull()) {
      return;
    }
    if (!value.is(JsonValue.Type.STRING)) {
      throw new IllegalArgumentException("a label must be a guardrail id, or \"" + CLEAN + "\"");
    }
    var label = value.asString();
    if (label.equals(CLEAN)) {
      return;
    }
    if (known.stream().noneMatch(id -> id.equals(label) || id.startsWith(label + "."))) {
      throw new IllegalArgumentException(
          "no guardrail is called \"" + label + "\"; docs/guardrails.md lists them");
    }
    labels.add(label);
  }
}
