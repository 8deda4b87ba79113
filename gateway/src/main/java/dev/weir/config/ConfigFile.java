package dev.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the configuration strictly: the file, then the environment's {@code WEIR_} variables above it, then the defaults below.
 * All that is not understood is refused with its place and path. Stateless.
 */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads a file, with {@code ${NAME}} and {@code ${NAME:default}} taken from the environment; without one, the environment
   * alone.
   *
   * @throws ConfigFailure with a line for each thing that is wrong, each naming file and line, or the variable
   */
  public static GatewayConfig load(Optional<Path> file, Map<String, String> environment) {
    return read(file, environment).config();
  }

  /** The same, with the places of its values. */
  public static WrittenConfig read(Optional<Path> file, Map<String, String> environment) {
    var problems = new Problems();
    var written = file.map(
            path -> new YamlReader(path, new Variables(environment), problems).read(text(path)))
        .orElseGet(
            () -> new ConfigNode.Mapping(new Origin("the environment"), new LinkedHashMap<>()));
    var config = new RecordReader(problems)
        .section(Overrides.applied(written, environment, problems), "", GatewayConfig.DEFAULT);
    if (problems.none()) {
      ResourceCheck.of(config.resources(), written, problems);
    }
    problems.raise();
    return new WrittenConfig(config, written);
  }

  /** The JSON Schema of the file, for editors. */
  public static String schema() {
    return ConfigSchema.text();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new ConfigFailure(file + " cannot be read: " + failure);
    }
  }
}
