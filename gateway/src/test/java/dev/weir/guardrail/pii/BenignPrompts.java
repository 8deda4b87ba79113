package dev.weir.guardrail.pii;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The prompts of people who mean no harm, from the {@code benign-*} folders of the development data, by source. */
public final class BenignPrompts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BenignPrompts() {}

  public static Map<String, List<String>> in(Path folder) throws IOException {
    var bySource = new LinkedHashMap<String, List<String>>();
    try (Stream<Path> sources = Files.list(folder)) {
      for (var source : sources
          .sorted()
          .filter(path -> path.getFileName().toString().startsWith("benign-"))
          .toList()) {
        var texts = new ArrayList<String>();
        try (Stream<Path> files = Files.list(source)) {
          for (var file :
              files.sorted().filter(path -> path.toString().contains(".jsonl")).toList()) {
            read(file, texts);
          }
        }
        bySource.put(source.getFileName().toString(), texts);
      }
    }
    return bySource;
  }

  private static void read(Path file, List<String> texts) throws IOException {
    var in = Files.newInputStream(file);
    try (var reader = new BufferedReader(new InputStreamReader(
        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        prompts(JSON.readTree(line)).filter(text -> !text.isBlank()).forEach(texts::add);
      }
    }
  }

  private static Stream<String> prompts(JsonNode row) {
    if (row.isString()) {
      return Stream.of(row.asString());
    }
    if (row.has("turns")) {
      return row.get("turns").valueStream().map(JsonNode::asString);
    }
    if (row.has("chosen")) {
      String first = row.get("chosen").asString();
      int end = first.indexOf("\n\nAssistant:");
      return Stream.of(first
          .substring(0, end < 0 ? first.length() : end)
          .replace("\n\nHuman:", "")
          .strip());
    }
    if (row.has("instruction")) {
      return Stream.concat(
          Stream.of(row.get("instruction").asString()),
          row.get("instances")
              .valueStream()
              .map(instance -> instance.get("input").asString()));
    }
    return Stream.of("prompt", "question", "text")
        .filter(row::has)
        .map(name -> row.get(name).asString());
  }
}
