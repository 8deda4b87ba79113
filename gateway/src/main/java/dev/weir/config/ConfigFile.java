package dev.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML file strictly: what is not understood is refused with file, line and path. Stateless. */
public final class ConfigFile {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");
  private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private ConfigFile() {}

  /**
   * Reads a file, with {@code ${NAME}} and {@code ${NAME:default}} taken from the environment.
   *
   * @throws ConfigFailure naming file, line and path of the first thing that is wrong
   */
  public static GatewayConfig load(Path file, Map<String, String> environment) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException failure) {
      throw new ConfigFailure(file + " cannot be read: " + failure);
    }
    var filled = fill(file, text, environment);
    if (filled.isBlank()
        || filled.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
      return GatewayConfig.EMPTY;
    }
    try {
      var config = YAML.readValue(filled, GatewayConfig.class);
      check(file, config);
      return config;
    } catch (DatabindException wrong) {
      throw new ConfigFailure(place(file, filled, wrong) + ": " + path(wrong) + explain(wrong));
    } catch (JacksonException wrong) {
      throw new ConfigFailure(place(file, wrong) + ": " + wrong.getOriginalMessage());
    }
  }

  private static String fill(Path file, String text, Map<String, String> environment) {
    var filled = new StringBuilder();
    var number = 0;
    for (var line : text.split("\n", -1)) {
      number++;
      var at = number;
      filled.append(
          line.strip().startsWith("#")
              ? line
              : VARIABLE
                  .matcher(line)
                  .replaceAll(
                      found -> Matcher.quoteReplacement(value(file, at, found, environment))));
      filled.append('\n');
    }
    return filled.toString();
  }

  private static String value(
      Path file, int line, java.util.regex.MatchResult found, Map<String, String> environment) {
    var name = found.group(1);
    var value = Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(found.group(2)))
        .orElseThrow(() -> new ConfigFailure(file + ":" + line + ": the variable " + name
            + " is not set. Set it, or give a default: ${" + name + ":value}"));
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new ConfigFailure(file + ":" + line + ": the variable " + name + " holds a line break");
    }
    return value;
  }

  private static void check(Path file, GatewayConfig config) {
    var names = new HashSet<String>();
    var providers = config.providers().orElse(java.util.List.of());
    for (var i = 0; i < providers.size(); i++) {
      var path = file + ": providers[" + i + "]";
      var provider = providers.get(i);
      if (!provider.name().matches("[a-z0-9][a-z0-9_-]{0,62}")) {
        throw new ConfigFailure(path + ".name: small letters, digits, - and _ only");
      }
      if (!names.add(provider.name())) {
        throw new ConfigFailure(path + ".name: " + provider.name() + " is there twice");
      }
      if (!provider.type().orElse("openai").equals("openai")) {
        throw new ConfigFailure(path + ".type: only openai is known");
      }
    }
  }

  // by the time a key is found unknown, the parser stands at the end of what surrounds it
  private static String place(Path file, String text, DatabindException wrong) {
    if (wrong instanceof UnrecognizedPropertyException unknown) {
      var key =
          Pattern.compile("[\\s{,-]*\"?" + Pattern.quote(unknown.getPropertyName()) + "\"?\\s*:.*");
      var lines = text.split("\n", -1);
      for (var i = 0; i < lines.length; i++) {
        if (key.matcher(lines[i]).matches()) {
          return file + ":" + (i + 1);
        }
      }
    }
    return place(file, wrong);
  }

  private static String place(Path file, JacksonException wrong) {
    var location = wrong.getLocation();
    return location == null || location.getLineNr() < 1
        ? file.toString()
        : file + ":" + location.getLineNr();
  }

  private static String path(DatabindException wrong) {
    var path = new StringBuilder();
    for (var reference : wrong.getPath()) {
      var name = reference.getPropertyName();
      if (name == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String explain(DatabindException wrong) {
    if (wrong instanceof UnrecognizedPropertyException unknown) {
      var known = unknown.getKnownPropertyIds();
      var near =
          known == null ? Optional.<String>empty() : nearest(unknown.getPropertyName(), known);
      return "unknown key" + near.map(name -> "; did you mean " + name + "?").orElse("");
    }
    return wrong.getOriginalMessage();
  }

  private static Optional<String> nearest(String name, java.util.Collection<Object> known) {
    return known.stream()
        .map(String::valueOf)
        .filter(other -> distance(name, other) <= 2)
        .min(java.util.Comparator.comparingInt(other -> distance(name, other)));
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String other) {
    var previous = new int[other.length() + 1];
    for (var j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= one.length(); i++) {
      var current = new int[other.length() + 1];
      current[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
