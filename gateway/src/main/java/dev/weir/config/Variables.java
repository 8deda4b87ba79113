package dev.weir.config;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts the environment's values where a scalar says {@code ${NAME}} or {@code ${NAME:default}}. Immutable.
 *
 * <p>It works on values that were read already, so that no variable can add keys or lines to the file.
 */
record Variables(Map<String, String> environment) {
  private static final Pattern USE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

  Variables {
    environment = Map.copyOf(environment);
  }

  ConfigNode.Scalar fill(ConfigNode.Scalar scalar, String path, Problems problems) {
    var text = scalar.text();
    if (!text.contains("${")) {
      return scalar;
    }
    var filled = new StringBuilder();
    var uses = USE.matcher(text);
    var from = 0;
    while (uses.find()) {
      filled.append(text, from, uses.start());
      from = uses.end();
      var name = uses.group(1);
      var value = environment.getOrDefault(name, uses.group(2));
      if (value == null) {
        problems.add(
            scalar.origin(),
            path,
            "the variable " + name + " is not set. Set it, or give a default: ${" + name
                + ":value}");
      } else {
        filled.append(value);
      }
    }
    filled.append(text, from, text.length());
    return new ConfigNode.Scalar(scalar.origin(), filled.toString(), false);
  }
}
