package dev.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
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
    var problems = new Problems();
    var written = file.map(
            path -> new YamlReader(path, new Variables(environment), problems).read(text(path)))
        .orElseGet(
            () -> new ConfigNode.Mapping(new Origin("the environment"), new LinkedHashMap<>()));
    var config = new RecordReader(problems)
        .section(Overrides.applied(written, environment, problems), "", GatewayConfig.DEFAULT);
    if (problems.none()) {
      references(config.resources(), written, problems);
    }
    problems.raise();
    return config;
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

  private static void references(
      GatewayConfig.Resources resources, ConfigNode.Mapping written, Problems problems) {
    var names = new HashSet<String>();
    for (var i = 0; i < resources.providers().size(); i++) {
      var name = resources.providers().get(i).name();
      if (!names.add(name)) {
        var path = "resources.providers[" + i + "].name";
        problems.add(ConfigPath.origin(written, path), path, name + " is there twice");
      }
    }
    for (var i = 0; i < resources.models().size(); i++) {
      var provider = resources.models().get(i).provider();
      if (!names.contains(provider)) {
        var path = "resources.models[" + i + "].provider";
        problems.add(
            ConfigPath.origin(written, path),
            path,
            "there is no provider " + provider + " in this file" + Suggestion.of(provider, names));
      }
    }
  }
}
