package dev.weir.bench;

import dev.weir.bench.report.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks git about the sources; says nothing where there is no git.
 *
 * @param home its root
 */
record Repository(Path home) {
  static Repository at(Path home) {
    return new Repository(home);
  }

  /** The commit that is checked out, with a plus sign when files were changed since; empty when unknown. */
  String commit() {
    var commit = git("rev-parse", "--short", "HEAD").strip();
    return commit.isEmpty() || git("status", "--porcelain", "-uno").isBlank()
        ? commit
        : commit + "+";
  }

  /** The latest result that was committed. */
  Optional<Path> latestCommitted(Path results) {
    var folder = results.toAbsolutePath().normalize();
    var files = git("ls-files", "--full-name", folder.toString())
        .lines()
        .map(line -> home.resolve(line))
        .filter(file -> folder.equals(file.toAbsolutePath().normalize().getParent()))
        .collect(Collectors.toSet());
    return ResultFiles.latest(files);
  }

  private String git(String... words) {
    var command = new java.util.ArrayList<>(java.util.List.of("git", "-C", home.toString()));
    command.addAll(java.util.List.of(words));
    try {
      var git = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try (var out = git.getInputStream()) {
        var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor() == 0 ? text : "";
      }
    } catch (IOException noGit) {
      return "";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
