package dev.weir.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The variables that set a single value: {@code WEIR_} and the value's path in upper case, with underscores. They win over the
 * file. Stateless.
 */
final class Overrides {
  private static final String PREFIX = "WEIR_";
  private static final SequencedMap<String, List<String>> PATHS = paths();

  private Overrides() {}

  /** All such variables with the paths they set. */
  static SequencedMap<String, List<String>> variables() {
    return PATHS;
  }

  /** The section with the environment's values in it; a variable that is empty sets nothing. */
  static ConfigNode.Mapping applied(
      ConfigNode.Mapping written, Map<String, String> environment, Problems problems) {
    var changed = written;
    for (var setting : PATHS.entrySet()) {
      var value = environment.getOrDefault(setting.getKey(), "");
      if (!value.isBlank()) {
        changed = changed.with(
            setting.getValue(),
            new ConfigNode.Scalar(Origin.variable(setting.getKey()), value, false));
      }
    }
    refuseTypos(environment, problems);
    return changed;
  }

  // others may use the prefix, a service of Kubernetes for one: only what is nearly ours is refused
  private static void refuseTypos(Map<String, String> environment, Problems problems) {
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !PATHS.containsKey(name))
        .sorted()
        .forEach(name -> Suggestion.nearest(name, PATHS.keySet())
            .ifPresent(near -> problems.add(
                Origin.variable(name), "", "sets nothing; did you mean " + near + "?")));
  }

  private static SequencedMap<String, List<String>> paths() {
    var found = new LinkedHashMap<String, List<String>>();
    collect(GatewayConfig.class, List.of(), found);
    return java.util.Collections.unmodifiableSequencedMap(found);
  }

  private static void collect(
      Class<?> type, List<String> path, SequencedMap<String, List<String>> found) {
    for (var component : type.getRecordComponents()) {
      var here = new ArrayList<>(path);
      here.add(RecordReader.key(component));
      if (component.getType().isRecord() && component.getType() != ByteSize.class) {
        collect(component.getType(), here, found);
      } else if (isScalar(component)) {
        found.put(PREFIX + String.join("_", here).toUpperCase(Locale.ROOT), List.copyOf(here));
      }
    }
  }

  private static boolean isScalar(RecordComponent component) {
    return component.getType() != List.class;
  }
}
