package dev.weir.config;

import java.nio.file.Path;

/**
 * Where a value was written, in words for the operator. Immutable.
 *
 * @param place {@code weir.yaml:12}, or the name of an environment variable
 */
record Origin(String place) {
  /**
   * @param line from 1
   */
  static Origin line(Path file, int line) {
    return new Origin(line < 1 ? file.toString() : file + ":" + line);
  }

  static Origin variable(String name) {
    return new Origin(name);
  }

  @Override
  public String toString() {
    return place;
  }
}
