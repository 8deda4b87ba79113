package dev.weir.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The folder of results: one JSON file and one picture a run, named by the time. Stateless. */
public final class ResultFiles {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  private ResultFiles() {}

  /** Writes both files; the JSON one's path. */
  public static Path write(Path folder, Results results) throws IOException {
    return write(folder, results.at(), results, Picture.of(results));
  }

  /** Writes findings of another kind, and their picture; the JSON file's path. */
  public static Path write(Path folder, String at, Object findings, String picture)
      throws IOException {
    Files.createDirectories(folder);
    var name = at.replaceAll("[^0-9T]", "").replace('T', '-');
    var json = folder.resolve(name + ".json");
    Files.writeString(json, JSON.writeValueAsString(findings) + "\n");
    Files.writeString(folder.resolve(name + ".svg"), picture);
    return json;
  }

  public static Results read(Path file) throws IOException {
    return JSON.readValue(Files.readString(file), Results.class);
  }

  /** The latest of these files, by name. */
  public static Optional<Path> latest(Set<Path> files) {
    return files.stream()
        .filter(file -> file.toString().endsWith(".json"))
        .sorted()
        .reduce((_, b) -> b);
  }
}
