package dev.weir.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds programs on the path. Stateless. */
final class Programs {
  private Programs() {}

  static List<String> path() {
    var path = System.getenv("PATH");
    return path == null ? List.of() : List.of(path.split(File.pathSeparator, -1));
  }

  static Optional<Path> find(String program) {
    return path().stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
