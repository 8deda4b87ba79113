package dev.weir.config;

import java.util.regex.Pattern;

/** Finds what stands at a path such as {@code resources.models[2].provider}. Stateless. */
final class ConfigPath {
  private static final Pattern STEP = Pattern.compile("\\[([0-9]+)]|([^.\\[\\]]+)");

  private ConfigPath() {}

  /** Where the value at a path begins; as near as the file has it. */
  static Origin origin(ConfigNode root, String path) {
    var node = root;
    var steps = STEP.matcher(path);
    while (steps.find()) {
      var below = switch (node) {
        case ConfigNode.Mapping section
        when steps.group(2) != null -> section.members().get(steps.group(2));
        case ConfigNode.Sequence list
        when steps.group(1) != null ->
          list.elements().stream()
              .skip(Long.parseLong(steps.group(1)))
              .findFirst()
              .orElse(null);
        default -> null;
      };
      if (below == null) {
        break;
      }
      node = below;
    }
    return node.origin();
  }
}
